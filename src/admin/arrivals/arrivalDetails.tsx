'use client'

import { useEffect, useRef, useState } from 'react'

import type { Arrivals, LeftOut } from '../../arrivals/arrivals'
import { useApi, type ApiAnswer } from '../api/useApi'
import { ArrivalView } from './arrivalView'

/** One line of a closed row: an edition, or the whole. */
export interface DetailLine {
  label: string
  texts: { subject: string; addOns: number; note?: string }[]
  leftOut: LeftOut[]
}

interface DetailsProps {
  head: { main: string; aside: string }
  lines: readonly DetailLine[]
  /** What is asked when the row is opened. */
  asks: readonly { label: string; query: string }[]
  channel?: 'line' | 'mail' | ''
}

type Answer = ApiAnswer<Arrivals> & { label: string }

/** A row that shows subjects, and composes the texts when it is opened. */
export function ArrivalDetails({ head, lines, asks, channel = '' }: DetailsProps) {
  const { ask } = useApi()
  const [answers, setAnswers] = useState<Answer[] | null>(null)
  const [isAsked, setAsked] = useState(false)
  const open = async () => {
    if (isAsked) return
    setAsked(true)
    const found = await Promise.all(
      asks.map(async ({ label, query }) => ({
        label,
        ...(await ask<Arrivals>(`/arrivals?${query}`, { unreachable: UNREACHABLE })),
      })),
    )
    setAnswers(found)
    if (found.some(({ isDone }) => !isDone)) setAsked(false)
  }
  const details = useOpenedBefore(open)
  return (
    <details
      ref={details}
      className="kizuna-arrival"
      onToggle={(event) => event.currentTarget.open && open()}
    >
      <summary>
        <span className="kizuna-arrival__when">
          <strong>{head.main}</strong> <span className="kizuna-panel__aside">{head.aside}</span>
        </span>
        {lines.map((line) => (
          <Line key={line.label} {...line} />
        ))}
      </summary>
      {answers === null ? (
        <p role="status">組み立てています…</p>
      ) : (
        answers.map((answer) => (
          <section key={answer.label} aria-label={answer.label || '届く文章'}>
            {answers.length > 1 && <h4>{answer.label}</h4>}
            {answer.isDone ? (
              <ArrivalView arrivals={answer.body} channel={channel} />
            ) : (
              <p role="alert">{answer.errors.join(' ')}</p>
            )}
          </section>
        ))
      )}
    </details>
  )
}

/** A row that was opened before this script ran has told nobody. */
function useOpenedBefore(open: () => Promise<void>) {
  const details = useRef<HTMLDetailsElement>(null)
  const first = useRef(open)
  useEffect(() => {
    if (details.current?.open) void first.current()
  }, [])
  return details
}

function Line({ label, texts, leftOut }: DetailLine) {
  return (
    <span className="kizuna-arrival__line">
      {label && <span className="kizuna-arrival__edition">{label}</span>}
      {texts.map(({ subject, addOns, note }) => (
        <span key={subject}>
          {subject}
          {addOns > 0 && ` + 自治体原稿 ${addOns} 件`}
          {note && <small>({note})</small>}
        </span>
      ))}
      {leftOut.map(({ slotLabel, reason, into }) => (
        <span key={`${slotLabel} ${reason}`} className="kizuna-arrival__out">
          <span aria-hidden="true">−</span> {slotLabel}: {reason}
          {into && `(${into}の文と一緒に届きます)`}
        </span>
      ))}
      {texts.length + leftOut.length === 0 && <span>届くものはありません</span>}
    </span>
  )
}

const UNREACHABLE = '通信できませんでした。閉じて、もう一度開いてください。'
