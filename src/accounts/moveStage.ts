import { addDays, daysBetween, type LocalDay } from '../stage/day'
import type { MoveKind } from './movePlan'

/** Where a move stands. */
export type MoveStage =
  /** Waits for a second person. */
  | 'proposed'
  /** Readers whom staff have chosen at the counter may move. */
  | 'trial'
  | 'running'
  /** Nobody is written to; who has moved stays moved, and who asks may still move. */
  | 'paused'
  /** Of {@link MoveKind} `sameProvider`: texts come from the new account. */
  | 'switched'
  /** Whoever has moved goes back. */
  | 'takingBack'
  | 'takenBack'
  | 'finished'
  | 'withdrawn'

/** What people, and for `restored` the worker, do with a move. */
export type MoveAct =
  | 'propose'
  | 'confirm'
  | 'withdraw'
  | 'start'
  | 'pause'
  | 'resume'
  | 'switch'
  | 'takeBack'
  | 'restored'
  | 'finish'

/** One step of a move's history, which is only added to. */
export interface MoveEntry {
  act: MoveAct
  /** ISO instant. */
  at: string
  /** Id and name of who did it; null: the worker. */
  by: string | null
  byName: string
  note: string
}

const NEXT: Readonly<Record<MoveStage, Partial<Record<MoveAct, MoveStage>>>> = {
  proposed: { confirm: 'trial', withdraw: 'withdrawn' },
  trial: { start: 'running', takeBack: 'takingBack' },
  running: { pause: 'paused', switch: 'switched', takeBack: 'takingBack', finish: 'finished' },
  paused: { resume: 'running', takeBack: 'takingBack' },
  switched: { takeBack: 'takingBack', finish: 'finished' },
  takingBack: { restored: 'takenBack' },
  takenBack: {},
  finished: {},
  withdrawn: {},
}

/** Where a move stands after an act; null where the act is none of its stage and kind. *Pure.* */
export function stageAfter(stage: MoveStage, act: MoveAct, kind: MoveKind): MoveStage | null {
  if (act === 'switch' && kind !== 'sameProvider') return null
  // what has not been switched yet would leave everybody behind
  if (act === 'finish' && kind === 'sameProvider' && stage !== 'switched') return null
  return NEXT[stage][act] ?? null
}

/** What somebody reads before an act that changes something for readers; null of any other. *Pure.* */
export function warningBefore(act: MoveAct, kind: MoveKind): string | null {
  return WARNINGS[act]?.[kind] ?? null
}

const BACK = '移った方も、前の届け先に戻ります。'
const LINE_ENDS =
  'まだ移っていない方の数を、下の表で確かめてください。終えると、前の LINE アカウントからは届かなくなります。'

const WARNINGS: Partial<Record<MoveAct, Partial<Record<MoveKind, string>>>> = {
  start: {
    sameProvider:
      '読者にお知らせを送り、新しいアカウントから届くかをひとりずつ LINE に確かめます。文は「切り替える」まで、前のアカウントから届きます。「終える」までは元に戻せます。',
    otherProvider:
      '読者にお知らせを送りはじめ、新しい登録は新しいアカウントで受け付けます。「終える」までは元に戻せます。',
    mailToLine:
      'メールの読者に案内を送りはじめ、LINE に変えられるようにします。新しく LINE で登録する方は、新しいアカウントで受け付けます。「終える」までは元に戻せます。',
  },
  switch: {
    sameProvider:
      '次の文から、新しいアカウントから届きます。友だちでない方には届きません。下の表で人数を確かめてください。',
  },
  takeBack: {
    sameProvider: '文は、前のアカウントから届きます。',
    otherProvider: BACK,
    mailToLine: BACK,
  },
  finish: {
    sameProvider: LINE_ENDS,
    otherProvider: LINE_ENDS,
    mailToLine:
      '案内を終えます。まだ移っていない方には、これまでどおりメールで届きます。移った方は LINE のままです。',
  },
}

/** The acts that people may take now, in the order they are offered. *Pure.* */
export function actsFor(stage: MoveStage, kind: MoveKind): MoveAct[] {
  const acts = Object.keys(NEXT[stage]) as MoveAct[]
  return acts.filter((act) => act !== 'restored' && stageAfter(stage, act, kind) !== null)
}

/** Stages in which readers are between two accounts: the worker has them among its settings. */
export const OPEN_STAGES = ['trial', 'running', 'paused', 'switched', 'takingBack'] as const

/** Whether readers are between two accounts. *Pure.* */
export function isOpenStage(stage: string): stage is (typeof OPEN_STAGES)[number] {
  return OPEN_STAGES.some((open) => open === stage)
}

/** Stages in which nothing will happen any more. */
export const ENDED_STAGES: readonly MoveStage[] = ['takenBack', 'finished', 'withdrawn']

/** Whether new readers register on the account that is moved to, and texts come from there first. *Pure.* */
export function isToFirst({ stage, kind }: { stage: MoveStage; kind: MoveKind }): boolean {
  if (kind === 'sameProvider') return stage === 'switched'
  return stage === 'running' || stage === 'paused'
}

/** Days between two letters, at least. */
const APART = 7

/**
 * The days of the letters: the first, a reminder after a third of the overlap, and the last call a week
 * before its end; fewer where they would come within a week of each other. *Pure.*
 */
export function letterDays(begin: LocalDay, until: LocalDay): LocalDay[] {
  const length = daysBetween(begin, until)
  const wanted = [0, Math.floor(length / 3), length - APART]
  const days = wanted.reduce<number[]>((taken, day) => {
    const last = taken.at(-1)
    return last === undefined || day - last >= APART ? [...taken, day] : taken
  }, [])
  return days.map((day) => addDays(begin, day))
}
