import type { AuditAction } from '../cms/audit'
import type { Act, HaltAct, MailAct, RunAct } from '../operation/act'
import { scopeWords, townScope } from '../operation/halt'
import type { TownStatus } from '../operation/status'
import { stateWords } from '../operation/words'
import type { SeenStatus } from './kept'

/** An act with what it is about, as the log has it. */
export interface BoundAct {
  action: AuditAction
  /** The municipality; null: all of them. */
  town: Pick<TownStatus, 'code' | 'name'> | null
  note: string
}

/**
 * What an act is about, in what the person sees of deliveries now; null where it does not apply, or is
 * not theirs. *Pure.*
 */
export function boundAct(act: Act, seen: SeenStatus, now: Date): BoundAct | null {
  switch (act.kind) {
    case 'run':
      return boundRun(act, seen, now)
    case 'halt':
      return isHalted(act, seen) === act.isOn ? null : boundHalt(act, seen)
    case 'mail':
      return boundMails(act, seen)
  }
}

/** What an act was about that is done already. *Pure.* */
export function doneAct(act: Act, seen: SeenStatus): BoundAct {
  const code = townOf(act)
  const town = seen.status.towns.find((one) => one.code === code) ?? null
  if (act.kind === 'halt') return { ...haltEntry(act, seen), town }
  return { action: act.kind === 'run' ? RUN_ACTIONS[act.act] : 'decide-mail', town, note: '' }
}

/** Whether two acts ask about the same: the same hold, the same scope, some of the same mails. *Pure.* */
export function isSameQuestion(one: Act, other: Act): boolean {
  if (one.kind === 'run' && other.kind === 'run')
    return one.run === other.run && one.heldAt === other.heldAt
  if (one.kind === 'halt' && other.kind === 'halt') return one.scope === other.scope
  if (one.kind === 'mail' && other.kind === 'mail')
    return one.mails.some((mail) => other.mails.includes(mail))
  return false
}

const RUN_ACTIONS = { continue: 'continue-run', drop: 'drop-run' } as const

function boundRun(act: RunAct, { status }: SeenStatus, now: Date): BoundAct | null {
  for (const town of status.towns) {
    const run = town.runs.find(
      ({ id, state, hold }) => state === 'held' && id === act.run && hold?.at === act.heldAt,
    )
    if (run) return { action: RUN_ACTIONS[act.act], town, note: stateWords(run, now) }
  }
  return null
}

function isHalted({ scope }: HaltAct, { status }: SeenStatus): boolean {
  return status.halts.some((halt) => halt.scope === scope)
}

/** A municipality's own stop is its own; what stops others too is of who answers for all. */
function boundHalt(act: HaltAct, seen: SeenStatus): BoundAct | null {
  const { towns, lines } = seen.status
  const [kind, id] = act.scope.split(':')
  const town = kind === 'town' ? towns.find(({ code }) => townScope(code) === act.scope) : null
  if (town === undefined || (town === null && !seen.isWhole)) return null
  const isKnown = kind !== 'line' || !act.isOn || lines.some((line) => line.id === id)
  return isKnown ? { ...haltEntry(act, seen), town } : null
}

function haltEntry({ isOn, scope }: HaltAct, { status }: SeenStatus) {
  return {
    action: isOn ? ('halt' as const) : ('lift-halt' as const),
    note: scopeWords(scope, status),
  }
}

function boundMails({ town: code, mails, decision }: MailAct, { status }: SeenStatus) {
  const town = status.towns.find((one) => one.code === code)
  const found = mails.map((number) => town?.unknown.mails.find((mail) => mail.number === number))
  const mayBe = found.every((mail) => mail && (decision !== 'again' || mail.mayGoAgain))
  if (!town || !mayBe) return null
  const days = [...new Set(found.map((mail) => mail?.date))].join('、')
  return { action: 'decide-mail' as const, town, note: `${days}のメール ${mails.length} 通` }
}

function townOf(act: Act): string {
  if (act.kind === 'mail') return act.town
  return act.kind === 'run' ? (act.run.split(':')[0] ?? '') : (act.scope.split(':')[1] ?? '')
}
