'use client'

import { Button } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'

import { useApi, type Api } from '../api/useApi'
import { ErrorList } from '../api/errorList'
import {
  coverAlt,
  EMPTY_PROPOSAL,
  missingIn,
  missingInCover,
  proposalData,
  type ProposedCover,
} from './proposalData'
import { ProposalFields } from './proposalFields'
import './proposal.css'

/** A short form for somebody who comes twice a year: a picture book or a group, and for what age. */
export function ProposalForm({ topics }: { topics: string[] }) {
  const { form, setForm, cover, setCover, round, thanks, errors, isBusy, propose } =
    useProposal(topics)
  return (
    <form
      className="kizuna-fill kizuna-proposal"
      aria-label="新しい提案"
      onSubmit={(event) => {
        event.preventDefault()
        void propose()
      }}
    >
      <h2>新しく提案する</h2>
      <ProposalFields
        key={round}
        form={form}
        cover={cover}
        onChange={(change) => setForm({ ...form, ...change })}
        onCover={setCover}
      />
      <ErrorList errors={errors} />
      <p role="status">{thanks}</p>
      <Button type="submit" margin={false} disabled={isBusy}>
        提案する
      </Button>
    </form>
  )
}

function useProposal(topics: string[]) {
  const { call, isBusy, errors, setErrors } = useApi()
  const { refresh } = useRouter()
  const [form, setForm] = useState(EMPTY_PROPOSAL)
  const [cover, setCover] = useState<ProposedCover | null>(null)
  const [round, setRound] = useState(0) // another one has other inputs: a file stays in its own
  const [thanks, setThanks] = useState('')
  const bring = useBringCover()
  const propose = async () => {
    const own = form.kind === 'book' ? cover : null
    const missing = [...missingIn(form), ...missingInCover(own)]
    setErrors(missing)
    setThanks('')
    if (missing.length > 0) return
    const placed = own && (await bring(call, own, coverAlt(form.title, own)))
    if (own && !placed) return
    const body = proposalData(form, topics, placed)
    const answer = await call('/kizuna-add-ons?draft=true', { body })
    if (!answer.isDone) return
    setThanks(`「${form.title.trim()}」を提案しました。下の一覧で、その後が分かります。`)
    setForm(EMPTY_PROPOSAL)
    setCover(null)
    setRound(round + 1)
    refresh()
  }
  return { form, setForm, cover, setCover, round, thanks, errors, isBusy, propose }
}

/** Brings a cover into the library; once, however often its proposal is then refused. */
function useBringCover() {
  const known = useRef<{ file: File; id: string } | null>(null)
  return async (call: Api['call'], { file, source, rights }: ProposedCover, alt: string) => {
    if (known.current?.file !== file) {
      const body = new FormData()
      body.set('file', file)
      body.set('_payload', JSON.stringify({ alt, source: source.trim(), rights }))
      const answer = await call<{ doc: { id: string } }>('/kizuna-media', { body })
      if (!answer.isDone) return null
      known.current = { file, id: answer.body.doc.id }
    }
    return { picture: known.current.id, pictureAlt: alt }
  }
}
