'use client'

import { Button, useConfig, useDocumentInfo } from '@payloadcms/ui'
import { useCallback, useEffect, useState } from 'react'

import { MUNICIPAL } from '../../people/roles'
import { dayLabel } from '../../stage/japaneseDate'
import { useApi } from '../api/useApi'
import { ErrorList } from '../api/errorList'
import { useHasRole } from '../people/useHasRole'
import './municipality.css'

interface HiddenDocument {
  id: string
  reason: string
  from?: string | null
  to?: string | null
  municipality: { name?: string } | string
}

/** Which municipalities keep this text from their readers; a clerk decides for their own. */
export function HiddenPanel() {
  const { id } = useDocumentInfo()
  const isClerk = useHasRole(...MUNICIPAL)
  const { hidden, errors, load, run } = useHidden(id === undefined ? null : String(id))
  if (hidden === null || (!isClerk && hidden.length === 0)) return null
  return (
    <section className="kizuna-panel" aria-label="出さない自治体">
      <h3 className="kizuna-panel__title">{isClerk ? 'この自治体での扱い' : '出さない自治体'}</h3>
      <ul className="kizuna-municipality__hidden">
        {hidden.map((one) => (
          <Hidden key={one.id} one={one} isClerk={isClerk} onShow={() => void run(one.id)} />
        ))}
      </ul>
      {isClerk && hidden.length === 0 && (
        <HideForm manuscript={String(id)} onDone={() => void load()} />
      )}
      <ErrorList errors={errors} />
    </section>
  )
}

function useHidden(id: string | null) {
  const { ask, call, errors } = useApi()
  const [hidden, setHidden] = useState<HiddenDocument[] | null>(null)
  const load = useCallback(async () => {
    if (id === null) return
    const query = `where[manuscript][equals]=${id}&depth=1&limit=100`
    const answer = await ask<{ docs: HiddenDocument[] }>(`/kizuna-hidden-texts?${query}`)
    setHidden(answer.isDone ? answer.body.docs : null)
  }, [ask, id])
  useEffect(() => {
    void load()
  }, [load])
  /** Lets a text go out again. */
  const run = async (hiddenId: string) => {
    await call(`/kizuna-hidden-texts/${hiddenId}`, { method: 'DELETE' })
    await load()
  }
  return { hidden, errors, load, run }
}

function periodLabel({ from, to }: HiddenDocument): string {
  const words = [from ? `${dayLabel(from)}から` : '', to ? `${dayLabel(to)}まで` : '']
  return words.filter(Boolean).join(' ') || 'ずっと'
}

interface HiddenProps {
  one: HiddenDocument
  isClerk: boolean
  onShow: () => void
}

function Hidden({ one, isClerk, onShow }: HiddenProps) {
  const { config } = useConfig()
  const name = typeof one.municipality === 'object' ? one.municipality.name : ''
  const period = periodLabel(one)
  return (
    <li>
      <p>
        <strong>{isClerk ? 'この原稿は、読者に届きません。' : name}</strong>({period})
      </p>
      <p className="kizuna-municipality__reason">理由: {one.reason}</p>
      {isClerk && (
        <div className="kizuna-actions">
          <Button margin={false} buttonStyle="secondary" onClick={onShow}>
            また届ける
          </Button>
          <a href={`${config.routes.admin}/collections/kizuna-hidden-texts/${one.id}`}>
            期間や理由を直す
          </a>
        </div>
      )}
    </li>
  )
}

function HideForm({ manuscript, onDone }: { manuscript: string; onDone: () => void }) {
  const { call, errors } = useApi()
  const [isOpen, setOpen] = useState(false)
  const [fields, setFields] = useState({ reason: '', from: '', to: '' })
  const set = (name: keyof typeof fields) => (event: { target: { value: string } }) =>
    setFields({ ...fields, [name]: event.target.value })
  const hide = async () => {
    const body = { manuscript, ...fields, from: fields.from || null, to: fields.to || null }
    const answer = await call('/kizuna-hidden-texts', { body })
    if (answer.isDone) onDone()
  }
  if (!isOpen) {
    return (
      <>
        <p className="kizuna-panel__hint">この原稿は、配信日になった読者に届きます。</p>
        <Button margin={false} buttonStyle="secondary" onClick={() => setOpen(true)}>
          この自治体では出さない
        </Button>
      </>
    )
  }
  return (
    <div className="kizuna-question">
      <p>この自治体の読者には、この原稿が届かなくなります。ほかの自治体には影響しません。</p>
      <label className="kizuna-question__words">
        出さない理由(必ず書いてください。制作監修チームも読みます)
        <textarea rows={3} value={fields.reason} onChange={set('reason')} />
      </label>
      <label className="kizuna-question__words">
        この日から(空なら、すぐに)
        <input type="date" value={fields.from} onChange={set('from')} />
      </label>
      <label className="kizuna-question__words">
        この日まで(空なら、ずっと)
        <input type="date" value={fields.to} onChange={set('to')} />
      </label>
      <ErrorList errors={errors} />
      <div className="kizuna-actions">
        <Button margin={false} disabled={!fields.reason.trim()} onClick={() => void hide()}>
          この自治体では出さない
        </Button>
        <Button margin={false} buttonStyle="secondary" onClick={() => setOpen(false)}>
          やめる
        </Button>
      </div>
    </div>
  )
}
