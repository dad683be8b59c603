import { z } from 'zod'

import { scopeShape } from './halt'

/** What a person may say about a run that is held. */
export const RUN_ACTS = ['continue', 'drop'] as const

/** One of these. */
export type RunActName = (typeof RUN_ACTS)[number]

/** As people call them. */
export const RUN_ACT_WORDS: Readonly<Record<RunActName, string>> = {
  continue: '続ける',
  drop: '送らずに終える',
}

/** What a person may decide of mails of which nobody knows whether they went. */
export const MAIL_DECISIONS = ['sent', 'notSent', 'again'] as const

/** One of these. */
export type MailDecision = (typeof MAIL_DECISIONS)[number]

/** As people call them. */
export const MAIL_DECISION_WORDS: Readonly<Record<MailDecision, string>> = {
  again: 'もう一度送る',
  sent: '届いたものとする',
  notSent: '届かなかったものとする',
}

const UNKNOWN_WORDS: Readonly<Record<string, string>> = {
  'smtp-cut': '渡している途中でつながりが切れました',
  'smtp-timeout': '中継サーバーの返事が来ませんでした',
  crash: '渡している途中で配信プログラムが落ちました',
  restored: '控えから戻した分で、記録がありません',
}

/** Why nobody knows whether a mail went, by its code. *Pure.* */
export function unknownWords(code: string): string {
  return UNKNOWN_WORDS[code] ?? code
}

/** Mails that are decided at once. */
export const MAX_DECIDED = 100

const runAct = z.strictObject({
  kind: z.literal('run'),
  /** Id of the run, and since when it is held: a later hold is another question. */
  run: z.string().max(200),
  heldAt: z.iso.datetime().max(40),
  act: z.enum(RUN_ACTS),
})

const haltAct = z.strictObject({
  kind: z.literal('halt'),
  scope: scopeShape,
  /** Whether it is stopped, or goes on. */
  isOn: z.boolean(),
})

const mailAct = z.strictObject({
  kind: z.literal('mail'),
  /** Code of the municipality. */
  town: z.string().max(6),
  /** The mails, each by its number at the desk. */
  mails: z.array(z.string().max(40)).min(1).max(MAX_DECIDED),
  decision: z.enum(MAIL_DECISIONS),
})

/** What a person may ask of deliveries. */
export const actShape = z.discriminatedUnion('kind', [runAct, haltAct, mailAct])

/** One of these. */
export type Act = z.infer<typeof actShape>

/** An act on a held run. */
export type RunAct = z.infer<typeof runAct>

/** A stop, or the end of one. */
export type HaltAct = z.infer<typeof haltAct>

/** A decision about mails. */
export type MailAct = z.infer<typeof mailAct>

/** An act as it is handed from where it was asked to where it is done. */
export const givenActShape = z.strictObject({
  /** By this it is done once, however often it is heard. */
  id: z.uuid(),
  at: z.iso.datetime().max(40),
  reason: z.string().max(300),
  act: actShape,
})

/** One that is asked, with its reason. */
export type GivenAct = z.infer<typeof givenActShape>

/** The acts that the CMS gives, as the worker reads them; null when they are none. *Pure.* */
export function readActs(value: unknown): GivenAct[] | null {
  const parsed = z.object({ acts: z.array(givenActShape) }).safeParse(value)
  return parsed.success ? parsed.data.acts : null
}

/** What is asked of deliveries, as people call it. *Pure.* */
export function actWords(act: Act): string {
  switch (act.kind) {
    case 'run':
      return RUN_ACT_WORDS[act.act]
    case 'halt':
      return act.isOn ? '止める' : '再開する'
    case 'mail':
      return MAIL_DECISION_WORDS[act.decision]
  }
}
