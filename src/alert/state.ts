import type { AlertContent } from '../release/alert'

/** One row of an alert's history, as it is stored. */
export interface AlertStep {
  id: string
  step: 'ask' | 'correct' | 'send' | 'decline' | 'take-back' | 'stop' | 'sent'
  /** Of every step but the first: the alert it is about. */
  alert: string | null
  by: string | null
  byName: string
  note: string
  /** ISO instant. */
  at: string
  /** Of the first step. */
  municipality: string
  content: AlertContent | null
  contentHash: string
  variables: Record<string, string>
  /** About how many readers stood in its range when it was asked for; null where nobody knows. */
  readers: number | null
  /** Of `sent`. */
  numbers: SentNumbers | null
}

/** What the worker tells of an alert: to the next ten, null below what may be told. */
export interface SentNumbers {
  sent: number | null
  notSent: number | null
  /** A drill where there is no practice inbox: it was sent to nobody. */
  isOnlyDrilled: boolean
}

/** Where an alert stands. */
export type AlertState =
  'waiting' | 'expired' | 'declined' | 'takenBack' | 'sending' | 'stopping' | 'sent'

/** An alert with what became of it. */
export interface Alert extends Pick<
  AlertStep,
  'id' | 'municipality' | 'contentHash' | 'variables' | 'readers' | 'at'
> {
  content: AlertContent
  askedBy: string | null
  askedByName: string
  /** Who sent it, turned it down or took it back, and what they said. */
  endedByName: string
  endedAt: string | null
  note: string
  state: AlertState
  /** A person stopped what was not out yet. */
  isStopped: boolean
  isCorrected: boolean
  numbers: SentNumbers | null
}

/** How long what was asked for may be sent: what is older was not sent, and is asked for anew. */
export const ASK_LASTS_MINUTES = 60

/** Alerts with what became of them, the newest first. *Pure.* */
export function alertsOf(steps: readonly AlertStep[], now: Date): Alert[] {
  return steps
    .filter(({ step }) => step === 'ask' || step === 'correct')
    .flatMap((first) => alertOf(first, steps, now))
    .sort((a, b) => (a.at < b.at ? 1 : -1))
}

function alertOf(first: AlertStep, steps: readonly AlertStep[], now: Date): Alert[] {
  const { content, ...asked } = first
  if (content === null) return []
  const own = steps.filter(({ alert }) => alert === first.id)
  const of = (...names: AlertStep['step'][]) => own.find(({ step }) => names.includes(step))
  // One press is enough for a correction: its words are fixed.
  const end = first.step === 'correct' ? first : of('send', 'decline', 'take-back')
  const numbers = of('sent')?.numbers ?? null
  const isStopped = of('stop', 'correct') !== undefined
  return [
    {
      ...asked,
      content,
      askedBy: first.by,
      askedByName: first.byName,
      endedByName: end?.byName ?? '',
      endedAt: end?.at ?? null,
      note: end?.note ?? '',
      state: stateOf({ end, numbers, isStopped, askedAt: first.at, now }),
      isStopped,
      isCorrected: of('correct') !== undefined,
      numbers,
    },
  ]
}

interface Known {
  end: AlertStep | undefined
  numbers: SentNumbers | null
  isStopped: boolean
  askedAt: string
  now: Date
}

function stateOf({ end, numbers, isStopped, askedAt, now }: Known): AlertState {
  if (end === undefined) return isTooOld(askedAt, now) ? 'expired' : 'waiting'
  if (end.step === 'decline') return 'declined'
  if (end.step === 'take-back') return 'takenBack'
  if (numbers !== null) return 'sent'
  return isStopped ? 'stopping' : 'sending'
}

/** Minutes that are left to send what was asked for; none when it is too old. *Pure.* */
export function minutesLeft(askedAt: string, now: Date): number {
  const past = (now.getTime() - new Date(askedAt).getTime()) / 60_000
  return Math.max(0, Math.ceil(ASK_LASTS_MINUTES - past))
}

function isTooOld(askedAt: string, now: Date): boolean {
  return minutesLeft(askedAt, now) === 0
}

/** Whether an alert may have reached somebody, so that it can be corrected. *Pure.* */
export function wasSent({ state }: Pick<Alert, 'state'>): boolean {
  return state === 'sending' || state === 'stopping' || state === 'sent'
}
