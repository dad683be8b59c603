'use client'

import { Button } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { useApi } from '../api/useApi'
import { ErrorList } from '../api/errorList'
import { EMPTY_PROPOSAL, missingIn, proposalData, type ProposalForm as Form } from './proposalData'
import './proposal.css'

/** A short form for somebody who comes twice a year: a picture book or a group, and for what age. */
export function ProposalForm({ topics }: { topics: string[] }) {
  const { call, isBusy, errors, setErrors } = useApi()
  const { refresh } = useRouter()
  const [form, setForm] = useState<Form>(EMPTY_PROPOSAL)
  const [thanks, setThanks] = useState('')
  const isBook = form.kind === 'book'
  const propose = async () => {
    const missing = missingIn(form)
    setErrors(missing)
    setThanks('')
    if (missing.length > 0) return
    const answer = await call('/add-ons?draft=true', { body: proposalData(form, topics) })
    if (!answer.isDone) return
    setThanks(`「${form.title.trim()}」を提案しました。下の一覧で、その後が分かります。`)
    setForm(EMPTY_PROPOSAL)
    refresh()
  }
  const field = (name: keyof Form) => ({
    value: form[name],
    onChange: (event: { target: { value: string } }) =>
      setForm({ ...form, [name]: event.target.value }),
  })
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
      <fieldset>
        <legend>何を紹介しますか</legend>
        {(['book', 'group'] as const).map((kind) => (
          <label key={kind} className="kizuna-proposal__choice">
            <input
              type="radio"
              name="kind"
              checked={form.kind === kind}
              onChange={() => setForm({ ...form, kind })}
            />
            {kind === 'book' ? '絵本' : '団体・ひろば'}
          </label>
        ))}
      </fieldset>
      <label>
        {isBook ? '絵本の題名' : '団体・ひろばの名前'}(必須)
        <input type="text" {...field('title')} />
      </label>
      {isBook && (
        <div className="kizuna-proposal__pair">
          <label>
            作者
            <input type="text" {...field('author')} />
          </label>
          <label>
            出版社
            <input type="text" {...field('publisher')} />
          </label>
        </div>
      )}
      <fieldset>
        <legend>どの月齢のお子さん向けですか(必須)</legend>
        <span className="kizuna-proposal__age">
          <label>
            <input type="number" inputMode="numeric" min={0} max={10} {...field('years')} />歳
          </label>
          <label>
            <input type="number" inputMode="numeric" min={0} max={11} {...field('months')} />
            か月
          </label>
        </span>
      </fieldset>
      <label>
        紹介文(必須)
        <textarea rows={5} {...field('description')} />
        <small>
          {isBook
            ? 'どんな絵本か、この月齢でどう楽しめるかを 2〜3 文で書きます。'
            : '何をする場所か、誰が行けるかを 2〜3 文で書きます。個人の電話番号は書かないでください。'}
        </small>
      </label>
      {!isBook && (
        <div className="kizuna-proposal__pair">
          <label>
            場所
            <input type="text" {...field('place')} />
          </label>
          <label>
            日時
            <input type="text" {...field('schedule')} />
          </label>
        </div>
      )}
      <label>
        詳しいページ(https:// で始まるアドレス。無ければ空のまま)
        <input type="url" {...field('url')} />
      </label>
      <ErrorList errors={errors} />
      <p role="status">{thanks}</p>
      <Button type="submit" margin={false} disabled={isBusy}>
        提案する
      </Button>
    </form>
  )
}
