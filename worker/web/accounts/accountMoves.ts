import { letterDays } from '../../../src/accounts/moveStage'
import type { LetterOutcome, MoveCounts } from '../../../src/accounts/readerState'
import { MAIL } from '../../../src/accounts/topology'
import type { LineAccount, MunicipalitySettings, OpenMove } from '../../../src/plan/settings'
import { instantOf, localDayOf } from '../../../src/stage/day'
import type { LineChannel, MailChannel } from '../../channel/channel'
import { forEachAtOnce } from '../../concurrency/limiter'
import { isDoneByCms, type Cms } from '../../content/cms'
import type { MoveMark } from '../../readers/accountMarks'
import type { MoveOfTown } from '../../readers/accountMoves'
import type { Halts } from '../../deliver/halts'
import type { ReaderStore } from '../../readers/store'

import type { Links } from '../link'
import { sendLetter, type Outcome } from './sendLetter'

/** Readers that are written to, asked about or taken back in one tick: some seconds at most. */
const AT_ONCE = 200

/** Readers whose account is switched in one transaction. */
const SWITCHED_AT_ONCE = 1000

/** Calls that are out at once. */
const CALLS = 8

/** Numbers go to the CMS at most this often. */
const TOLD_EVERY_MS = 60_000

/** After this a mail without an outcome is one whose process has died. */
const DIED_AFTER_MS = 2 * 60_000

/** A key is good for 24 hours: https://developers.line.biz/en/docs/messaging-api/retrying-api-request/ */
const KEY_LIFE_MS = 23 * 3600_000

/** What moves are made with. */
export interface AccountMovesOptions {
  readers: Pick<
    ReaderStore,
    'moves' | 'findReader' | 'childrenOf' | 'openAddress' | 'recordFriendship'
  >
  syncedContent: {
    isReady: () => boolean
    municipalities: () => (MunicipalitySettings & { cmsId: string })[]
    line: (id: string) => LineAccount | null
  }
  line: Pick<LineChannel, 'send' | 'reaches'>
  mail: Pick<MailChannel, 'sendOne'>
  cms: Pick<Cms, 'tellMove'>
  halts: Pick<Halts, 'refresh' | 'isHalted'>
  links: Pick<Links, 'textUrl' | 'quietPlaces'>
  /** Of the keys that LINE knows a repeated letter by. */
  namespace: () => Promise<string>
  friendUrl?: (account: LineAccount) => string | undefined
  now: () => Date
}

/** A move that is worked on, with its accounts. */
export interface MoveAtWork {
  town: MunicipalitySettings
  move: OpenMove
  /** The LINE account that is left; null: mail. */
  from: LineAccount | null
  to: LineAccount
  of: MoveOfTown
}

/** Moves of readers between accounts, a piece at a time. */
export interface AccountMovesWork {
  /** Goes on where it stopped, whatever stopped it: everything is told by what is stored. */
  workSome: () => Promise<void>
}

/** Works on the moves that the CMS says are under way. */
export function createAccountMovesWork(options: AccountMovesOptions): AccountMovesWork {
  const told = new Map<string, { at: number; numbers: string }>()
  return {
    workSome: async () => {
      const { syncedContent, readers } = options
      if (!syncedContent.isReady()) return
      const open = movesOf(options)
      for (const work of open) await workOn(options, work, told)
      const ids = syncedContent.municipalities().flatMap(({ move }) => move?.id ?? [])
      await readers.moves.forgetOthers(ids)
      await readers.moves.endFallbacks(AT_ONCE)
    },
  }
}

/** One whose account is not to be found waits for it. */
function movesOf({ syncedContent }: AccountMovesOptions): MoveAtWork[] {
  return syncedContent.municipalities().flatMap((town): MoveAtWork[] => {
    const { move } = town
    const to = move && syncedContent.line(move.to)
    const from = move && move.from !== MAIL ? syncedContent.line(move.from) : null
    if (!move || !to || (move.from !== MAIL && !from)) return []
    const { id, kind, stage } = move
    const of = {
      id,
      kind,
      stage,
      municipality: town.code,
      fromProvider: from?.provider ?? MAIL,
      toProvider: to.provider,
    }
    return [{ town, move, from: from ?? null, to, of }]
  })
}

type Told = Map<string, { at: number; numbers: string }>

async function workOn(options: AccountMovesOptions, work: MoveAtWork, told: Told): Promise<void> {
  const { moves } = options.readers
  const { stage } = work.move
  if (stage === 'takingBack') return takeBack(options, work)
  if (stage !== 'trial') await moves.markAll(work.of)
  if (work.move.kind === 'sameProvider') await workWithin(options, work)
  if (stage === 'running' || stage === 'trial') await writeLetters(options, work)
  await tell(options, work, told)
}

/** Within a provider LINE is asked whom the new account reaches; the switch takes that over. */
async function workWithin(options: AccountMovesOptions, work: MoveAtWork): Promise<void> {
  const { moves } = options.readers
  const { of, move, to } = work
  if (move.stage === 'switched') {
    while ((await moves.applySome({ move: of, account: to.id, limit: SWITCHED_AT_ONCE })) > 0);
    return
  }
  const some = await moves.unchecked({ move: of, limit: AT_ONCE })
  await forEachAtOnce(some, CALLS, async (mark) => {
    const userId = await userIdOf(options, work, mark)
    const reach = userId ? await options.line.reaches({ account: to, userId }) : 'no'
    if (reach !== 'unknown') await moves.noteThere(mark, reach === 'yes')
  })
  await moves.noteNewFriends(of, to.id)
}

async function userIdOf(
  { readers }: AccountMovesOptions,
  { of }: MoveAtWork,
  { reader: id }: MoveMark,
): Promise<string | null> {
  const reader = await readers.findReader(id)
  const own = reader?.identities.find(({ account }) => account === of.toProvider)
  return own && !reader?.isErased ? readers.openAddress(own) : null
}

async function takeBack({ readers, cms }: AccountMovesOptions, { of, move, from }: MoveAtWork) {
  if ((await readers.moves.restoreSome(of, AT_ONCE)) > 0) return
  const back = from && { move: of, account: from.id, limit: SWITCHED_AT_ONCE }
  if (back && (await readers.moves.unapplySome(back)) > 0) return
  await isDoneByCms(() => cms.tellMove(move.id, { isRestored: true }))
}

/** Tells the CMS how many stand where, when it is another number or another day. */
async function tell(
  { readers, cms, now }: AccountMovesOptions,
  { of, move }: MoveAtWork,
  told: Told,
): Promise<void> {
  const last = told.get(move.id)
  if (last && now().getTime() - last.at < TOLD_EVERY_MS) return
  const counts = aboutCounts(await readers.moves.count(of))
  const day = localDayOf(now())
  const numbers = JSON.stringify([day, counts])
  const isTold =
    last?.numbers === numbers || (await isDoneByCms(() => cms.tellMove(move.id, { day, counts })))
  if (isTold) told.set(move.id, { at: now().getTime(), numbers })
}

/** To the next ten, as the other daily figures; that nobody has stopped is not told either. *Pure.* */
export function aboutCounts(counts: MoveCounts): MoveCounts {
  const about = Object.entries(counts).map(([state, count]) => [
    state,
    Math.max(10, Math.ceil(count / 10) * 10),
  ])
  return Object.fromEntries(about) as MoveCounts
}

/** The letter that is due, to those who have not moved; within the town's hours. */
async function writeLetters(options: AccountMovesOptions, work: MoveAtWork): Promise<void> {
  const letter = dueLetter(work, options.now())
  if (letter === null || (await isHalted(options, work))) return
  const { moves } = options.readers
  const { of } = work
  const begun = await moves.inFlight({ move: of, letter })
  await forEachAtOnce(begun, CALLS, (mark) => goOn(options, work, { mark, letter }))
  const fresh = await moves.withoutLetter({ move: of, letter, limit: AT_ONCE })
  await forEachAtOnce(fresh, CALLS, (mark) => begin(options, work, { mark, letter }))
}

async function isHalted({ halts }: AccountMovesOptions, work: MoveAtWork): Promise<boolean> {
  const { town, from } = work
  await halts.refresh()
  const through = from
    ? ({ channel: 'line', account: from.id } as const)
    : ({ channel: 'mail', account: town.mailFrom } as const)
  return halts.isHalted({ town: town.code, ...through })
}

/** The number of the letter that may go out now; in the trial the first. *Pure.* */
export function dueLetter(
  { town, move }: Pick<MoveAtWork, 'town' | 'move'>,
  now: Date,
): number | null {
  const today = localDayOf(now)
  const { from, to } = town.windows[move.from === MAIL ? 'mail' : 'line']
  if (!town.isActive || now < instantOf(today, from) || now >= instantOf(today, to)) return null
  if (move.stage === 'trial') return 0
  if (today > move.until) return null
  const days = move.kind === 'sameProvider' ? [move.begin] : letterDays(move.begin, move.until)
  const due = days.filter((day) => day <= today).length
  return due === 0 ? null : due - 1
}

interface OneLetter {
  mark: MoveMark
  letter: number
}

async function begin(
  options: AccountMovesOptions,
  work: MoveAtWork,
  one: OneLetter,
): Promise<void> {
  const { moves } = options.readers
  if (!(await moves.beginLetter(one.mark, one.letter))) return
  await send(options, work, one)
}

/**
 * What a process died with. LINE takes a repeated request once, and is asked again; a mail may have
 * gone out, and is never sent again.
 */
async function goOn(options: AccountMovesOptions, work: MoveAtWork, one: OneLetter): Promise<void> {
  const { readers, now } = options
  const { firstTriedAt } = one.mark.letters[String(one.letter)] ?? { firstTriedAt: now() }
  const age = now().getTime() - firstTriedAt.getTime()
  const end = (outcome: LetterOutcome) =>
    readers.moves.endLetter(one.mark, { letter: one.letter, outcome })
  if (!work.from) return age > DIED_AFTER_MS ? end('unknown') : undefined
  if (age > KEY_LIFE_MS) return end('unknown')
  await send(options, work, one)
}

async function send(
  options: AccountMovesOptions,
  work: MoveAtWork,
  { mark, letter }: OneLetter,
): Promise<void> {
  const outcome: Outcome = await sendLetter(options, work, { mark, letter })
  if (outcome === 'later') return
  await options.readers.moves.endLetter(mark, { letter, outcome })
}
