'use client'

import { Button } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { useApi } from '../api/useApi'
import { ErrorList } from '../api/errorList'
import { EMPTY_PROPOSAL, missingIn, proposalData } from './proposalData'
import { ProposalFields } from './proposalFields'
import './proposal.css'

/** A short form for somebody who comes twice a year: a picture book or a group, and for what age. */
export function ProposalForm({ topics }: { topics: string[] }) {
  const { form, setForm, thanks, errors, isBusy, propose } = useProposal(topics)
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
      <ProposalFields form={form} onChange={(change) => setForm({ ...form, ...change })} />
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
  const [thanks, setThanks] = useState('')
  const propose = async () => {
    const missing = missingIn(form)
    setErrors(missing)
    setThanks('')
    if (missing.length > 0) return
    const answer = await call('/kizuna-add-ons?draft=true', { body: proposalData(form, topics) })
    if (!answer.isDone) return
    setThanks(`「${form.title.trim()}」を提案しました。下の一覧で、その後が分かります。`)
    setForm(EMPTY_PROPOSAL)
    refresh()
  }
  return { form, setForm, thanks, errors, isBusy, propose }
}
