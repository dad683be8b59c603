'use client'

import { Button } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'

import type { PlainPair } from '../../plain/pairs'
import { useApi } from '../api/useApi'
import { ErrorList } from '../api/errorList'
import { StandardPart } from './standardPart'
import { useComparison } from './useComparison'

interface RowProps {
  pair: PlainPair
  series: string
  /** Name of the plain edition, when there are several. */
  edition: string
  admin: string
  canWrite: boolean
}

/** One slot; opened, it shows the difference or offers to start the easy text. */
export function PairRow({ pair, series, edition, admin, canWrite }: RowProps) {
  const { standard, plain } = pair
  const [isOpened, setOpened] = useState(false)
  const link = (id: string) => `${admin}/collections/kizuna-manuscripts/${id}`
  return (
    <li className="kizuna-plain__row">
      <details onToggle={(event) => setOpened(isOpened || event.currentTarget.open)}>
        <summary>
          <span className="kizuna-plain__slot">{pair.slotLabel}</span>
          <span className="kizuna-plain__title">{plain?.title ?? standard?.title}</span>
          <span className="kizuna-plain__where">
            {[series, edition, plain?.isLive ? '公開中' : ''].filter(Boolean).join('・')}
          </span>
        </summary>
        <div className="kizuna-plain__inside">
          {isOpened && plain && <Compared id={plain.id} canWrite={canWrite} />}
          {isOpened && !plain && standard && canWrite && (
            <Start standard={standard.id} edition={pair.edition} link={link} />
          )}
          <p className="kizuna-actions">
            {plain && <a href={link(plain.id)}>やさしい日本語の原稿を開く</a>}
            {standard && <a href={link(standard.id)}>標準版の原稿を開く</a>}
          </p>
        </div>
      </details>
    </li>
  )
}

function Compared({ id, canWrite }: { id: string; canWrite: boolean }) {
  const { refresh } = useRouter()
  const { comparison, errors, load, align } = useComparison(id, refresh)
  useEffect(() => {
    void load()
  }, [load])
  if (!comparison) return <p role="status">{errors[0] ?? '標準版と比べています…'}</p>
  return (
    <StandardPart
      comparison={comparison}
      errors={errors}
      canAlign={canWrite}
      onAlign={() => void align()}
    />
  )
}

interface StartProps {
  standard: string
  edition: string
  link: (id: string) => string
}

function Start({ standard, edition, link }: StartProps) {
  const { call, errors } = useApi()
  const { push } = useRouter()
  const start = async () => {
    const path = `/kizuna-manuscripts/${standard}/plain-draft`
    const answer = await call<{ id: string }>(path, { body: { edition } })
    if (answer.isDone) push(link(answer.body.id))
  }
  return (
    <>
      <p>標準版の文章を写した下書きを作り、それをやさしい日本語に書き直せます。</p>
      <Button margin={false} buttonStyle="secondary" onClick={() => void start()}>
        標準版を写して書き始める
      </Button>
      <ErrorList errors={errors} />
    </>
  )
}
