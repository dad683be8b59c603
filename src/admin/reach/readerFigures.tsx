'use client'

import { useDocumentInfo, useFormFields } from '@payloadcms/ui'
import { useEffect, useState } from 'react'

import { CONTENT_KINDS, documentOfKey } from '../../release/contentKind'
import { useApi } from '../api/useApi'
import { useHasRole } from '../people/useHasRole'
import '../release/release.css'

/** The worker reports a withdrawal within a quarter of a minute. */
const REPORTED_EVERY_MS = 10_000

/** Whom publishing `/kizuna-manuscripts/<id>` reaches, as it is said before the second press. */
export function ReachNote({ path }: { path: string }) {
  const sentence = useSentence(`${path}/reach`)
  if (sentence === null) return null
  return (
    <p className="kizuna-figures" role="status">
      {sentence || '届く人数を調べています…'}
    </p>
  )
}

/** What recalling `/kizuna-manuscripts/<id>` takes from whom, as it is said before the second press. */
export function RecallNote({ path }: { path: string }) {
  const told = useTold(`${path}/recall`)
  return (
    <div className="kizuna-figures" role="status">
      {told?.title && (
        <p>
          <strong>「{told.title}」を取り下げますか?</strong> いまの状態: {told.label}
        </p>
      )}
      <p>{told ? told.sentence : '届く人数を調べています…'}</p>
    </div>
  )
}

/** How far a withdrawn text had gone out, as soon as the worker has reported it. */
export function WithdrawnNote() {
  const { collectionSlug, id } = useDocumentInfo()
  return <Withdrawn path={`/${collectionSlug}/${id}/withdrawn`} />
}

/** The figures are the chief's alone; nobody else asks for them. */
function Withdrawn({ path }: { path: string }) {
  return useHasRole('chief') ? <Figures path={path} /> : null
}

function Figures({ path }: { path: string }) {
  const told = useTold(path, REPORTED_EVERY_MS)
  if (!told?.sentence) return null
  return (
    <div className="kizuna-figures" role="status">
      <p>{told.sentence}</p>
      {(told.progress ?? []).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  )
}

/** Whom a notice will reach, or how many got it: for whoever looks after it. */
export function NoticeNote({ mark }: { mark: string }) {
  const { collectionSlug, id } = useDocumentInfo()
  const told = useTold(`/${collectionSlug}/${id}/notice?of=${encodeURIComponent(mark)}`)
  return told?.sentence ? (
    <p className="kizuna-figures" role="status">
      {told.sentence}
    </p>
  ) : null
}

/** {@link WithdrawnNote} on the page of a release, which knows its document by its key. */
export function ReleaseWithdrawn() {
  const key = useFormFields(([fields]) => fields.key?.value)
  const action = useFormFields(([fields]) => fields.action?.value)
  const document = typeof key === 'string' ? documentOfKey(key) : null
  if (action !== 'withdraw' || !document) return null
  const { collection } = CONTENT_KINDS[document.kind]
  return (
    <div className="field-type">
      <Withdrawn path={`/${collection}/${document.id}/withdrawn`} />
    </div>
  )
}

/** Empty while it is asked for; null when there is none for this person. */
function useSentence(path: string): string | null {
  const told = useTold(path)
  return told ? told.sentence : ''
}

interface Told {
  sentence: string | null
  /** Of the text and where it stands, where that is told. */
  title?: string | null
  label?: string
  /** Where it has got to, one sentence each. */
  progress?: readonly string[]
}

/** Null while it is asked for. */
function useTold(path: string, everyMs?: number): Told | null {
  const { ask } = useApi()
  const [told, setTold] = useState<Told | null>(null)
  useEffect(() => {
    let isGone = false
    const read = async () => {
      const answer = await ask<Told>(path)
      if (!isGone) setTold(answer.isDone ? answer.body : { sentence: null })
    }
    void read()
    const timer = everyMs === undefined ? undefined : setInterval(() => void read(), everyMs)
    return () => {
      isGone = true
      clearInterval(timer)
    }
  }, [ask, path, everyMs])
  return told
}
