'use client'

import { Button } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState, type FormEvent } from 'react'

import type { LocalDay } from '../../stage/day'
import { DENOMINATOR_KINDS, type DenominatorKind } from '../../statistics/denominators'
import type { ToType } from '../../statistics/firstToType'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'
import { Choice } from '../fields/choice'
import { useHydrated } from '../fields/useHydrated'

/** Periods and their names, newest first, by kind. */
export type PeriodChoices = Record<DenominatorKind, readonly (readonly [string, string])[]>

interface FormProps {
  choices: PeriodChoices
  /** What is chosen at first. */
  first: ToType
  today: LocalDay
}

/** Types in one number of the own town; what was typed stays when it is refused. */
export function DenominatorForm({ choices, first, today }: FormProps) {
  const { call, isBusy, errors, setErrors } = useApi()
  const { refresh } = useRouter()
  const isHydrated = useHydrated()
  const [kind, setKind] = useState(first.kind)
  const [period, setPeriod] = useState(first.period)
  const [count, setCount] = useState('')
  const [source, setSource] = useState('')
  const [countedOn, setCountedOn] = useState(today)
  const [done, setDone] = useState('')

  const chooseKind = (next: string) => {
    const chosen = next as DenominatorKind
    setKind(chosen)
    const isThere = choices[chosen].some(([one]) => one === period)
    if (!isThere) setPeriod(choices[chosen][1]?.[0] ?? '')
  }
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setDone('')
    const written = count.normalize('NFKC').replaceAll(',', '').trim()
    if (!/^\d+$/.test(written)) {
      const found = count.trim() ? `いまは「${count}」です` : 'まだ入っていません'
      setErrors([`数は 65 のような 0 以上の整数で入れてください(${found})。`])
      return
    }
    const body = { kind, period, count: Number(written), source, countedOn }
    const answer = await call<{ words: string }>('/numbers/denominators', { body })
    if (!answer.isDone) return
    setDone(answer.body.words)
    setCount('')
    refresh()
  }
  return (
    <form className="kizuna-fill kizuna-fill--lines" onSubmit={(event) => void send(event)}>
      <Choice
        label="何の数か"
        value={kind}
        onChange={chooseKind}
        choices={DENOMINATOR_KINDS.map(({ value, label }) => [value, label] as const)}
      />
      <Choice label="いつの分か" value={period} onChange={setPeriod} choices={choices[kind]} />
      <Text label="数" value={count} onChange={setCount} isNumber />
      <Text label="出典(例: 健康課の窓口の集計)" value={source} onChange={setSource} />
      <Text
        label="いつの数字か(数えた日。例: 2026-11-01)"
        value={countedOn}
        onChange={setCountedOn}
      />
      <Button margin={false} type="submit" disabled={isBusy || !isHydrated}>
        この数を入れる
      </Button>
      <p role="status">{done}</p>
      <ErrorList errors={errors} />
    </form>
  )
}

interface TextProps {
  label: string
  value: string
  onChange: (value: string) => void
  isNumber?: boolean
}

function Text({ label, value, onChange, isNumber = false }: TextProps) {
  return (
    <label>
      {label}
      <input
        type="text"
        inputMode={isNumber ? 'numeric' : 'text'}
        maxLength={200}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}
