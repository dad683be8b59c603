'use client'

import { Button, useConfig, useDocumentInfo, useFormModified } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useState } from 'react'

import type { SurveyStatus } from '../../questionnaire/endpoints'
import { SURVEY_STATES } from '../../questionnaire/surveys'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'
import { useHasRole } from '../people/useHasRole'
import { SurveyPreview } from './surveyPreview'
import './survey.css'

const STATES = new Map<string, string>(SURVEY_STATES.map(({ value, label }) => [value, label]))

/** Above the form of a survey: how far it is, the next act, and what families see. */
export function SurveyPanel() {
  const { id, lastUpdateTime } = useDocumentInfo()
  const { ask } = useApi()
  const [status, setStatus] = useState<SurveyStatus | null>(null)
  const load = useCallback(async () => {
    if (!id) return
    const answer = await ask<SurveyStatus>(`/kizuna-surveys/${id}/status`)
    if (answer.isDone) setStatus(answer.body)
  }, [ask, id])
  useEffect(() => {
    void load()
  }, [load, lastUpdateTime])
  if (!id) {
    return (
      <p className="kizuna-panel">
        題名と質問を入れて保存すると、ここで見え方を確かめて、承認に出せます。
      </p>
    )
  }
  if (!status) return null
  return (
    <section className="kizuna-panel" aria-label="承認と見え方">
      <h2 className="kizuna-panel__title">{`状態: ${STATES.get(status.state)}`}</h2>
      <Acts id={String(id)} status={status} onDone={load} />
      <details>
        <summary>見え方を確かめる・試しに答える(保存した内容)</summary>
        <SurveyPreview content={status.content} />
      </details>
    </section>
  )
}

interface ActsProps {
  id: string
  status: SurveyStatus
  onDone: () => Promise<void>
}

function Acts({ id, status, onDone }: ActsProps) {
  const { call, isBusy, errors } = useApi()
  const router = useRouter()
  const { config } = useConfig()
  const [note, setNote] = useState('')
  const isModified = useFormModified()
  const { state, can, problems, contentHash } = status
  const act = async (name: string, body: object = {}) => {
    const answer = await call<{ id?: string }>(`/kizuna-surveys/${id}/${name}`, { body })
    if (!answer.isDone) return
    if (answer.body.id) {
      router.push(`${config.routes.admin}/collections/kizuna-surveys/${answer.body.id}`)
      return
    }
    await onDone()
    router.refresh()
  }
  const button = (words: string, press: () => void, isMain = false) => (
    <Button
      margin={false}
      buttonStyle={isMain ? 'primary' : 'secondary'}
      disabled={isBusy}
      onClick={press}
    >
      {words}
    </Button>
  )
  if (isModified) return <p>{SAVE_FIRST}</p>
  return (
    <>
      {status.note && state === 'draft' && <p>{`直してほしいこと: ${status.note}`}</p>}
      <p>{sentenceOf(status)}</p>
      {state !== 'approved' && problems.length > 0 && (
        <ul>
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {state === 'approved' && !status.isOver && <WaysToAsk survey={id} />}
      <div className="kizuna-actions kizuna-survey-actions">
        {state === 'draft' &&
          can.write &&
          problems.length === 0 &&
          button('承認に出す', () => void act('submit'), true)}
        {state === 'submitted' &&
          can.approve &&
          button('承認する', () => void act('approve', { contentHash }), true)}
        {state === 'approved' &&
          can.write &&
          button('写して新しい下書きを作る', () => void act('copy'))}
      </div>
      {state === 'submitted' && can.approve && (
        <div className="kizuna-actions kizuna-survey-actions">
          <label className="kizuna-fill">
            直してほしいこと
            <textarea rows={2} value={note} onChange={(event) => setNote(event.target.value)} />
          </label>
          {button('書いた人に戻す', () => void act('return', { note }))}
        </div>
      )}
      <ErrorList errors={errors} />
    </>
  )
}

const SAVE_FIRST = '書き直したところを保存すると、ここから承認に出せます。'

/** Both ways by which families are asked, for whoever writes the texts of a municipality. */
function WaysToAsk({ survey }: { survey: string }) {
  const { config } = useConfig()
  const form = `${config.routes.admin}/collections/kizuna-add-ons/create?survey=${survey}`
  if (!useHasRole('municipal-editor')) return null
  return (
    <div className="kizuna-actions kizuna-survey-actions">
      <a className="kizuna-button" href={`${form}&timing=once`}>
        お子さんがその時期になった日に聞く(例: 4か月)
      </a>
      <a className="kizuna-button" href={`${form}&timing=notice`}>
        日を決めて、まとめて聞く
      </a>
    </div>
  )
}

function sentenceOf({ state, can, problems, isOver }: SurveyStatus): string {
  if (isOver) {
    return '終わりました。もう聞けません。また聞くときは、写して新しい下書きを作ります。'
  }
  if (state === 'approved') {
    return '承認されました。もう変わりません。自治体の編集担当が、聞く時期か日を決めた自治体原稿を作り、公開されると、家族に届きます。'
  }
  if (state === 'submitted') {
    return can.approve
      ? '見え方を確かめてから、承認してください。承認すると、もう変えられません。'
      : '承認者が確かめています。書き直すと、下書きに戻ります。'
  }
  if (problems.length > 0) return '承認に出す前に、次のことが要ります。'
  return can.write
    ? '見え方を確かめて、承認に出してください。書いた人とは別の人が承認します。'
    : '書いている途中です。'
}
