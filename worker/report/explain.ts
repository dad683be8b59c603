import { shownHour } from '../../src/stage/localTime'
import { localDayOf } from '../../src/stage/day'
import { clockLabel } from '../../src/stage/japaneseDate'
import { stageAt } from '../../src/stage/stage'
import type { DeliveryHalf } from '../app/deliveryHalf'
import { dailyRunId } from '../runs/due'
import type { Run, RunHold } from '../ledger/documents'
import type { LedgerLine, LedgerReader } from '../ledger/reading'
import { createRemovedDays, removedSentence, type RemovedDays } from '../ledger/removedDays'
import { isTerminal, type DeliveryStatus } from '../ledger/states'
import { parseDeliveryId } from '../../src/plan/candidate'
import { addHistory, toMember } from '../planning/members'
import { createProgram } from '../../src/plan/program'
import { planReader, type PlannedDelivery, type ReaderPlan } from '../../src/plan/reader'
import { slotText } from '../../src/plan/slotText'
import { REASON_LABELS, type ExclusionReason } from '../../src/plan/reason'
import { isYielded } from '../../src/plan/yielding'
import type { Child, Reader } from '../readers/reader'
import { widerReasons } from './widerReasons'
import { yieldingOf } from './yielding'

/** Why a text is (or is not) due for one child on a day. */
export interface Explanation {
  child: string
  /** The child's stage that day. */
  stage: string
  /** Slot of the text, or null when nothing is due. */
  slot: string | null
  label: string | null
  /**
   * `deliver`: would be sent; `none`: nothing is due; `removed`: the day's details are gone; else
   * what the ledger says, or `excluded`.
   */
  status: 'deliver' | 'none' | 'removed' | DeliveryStatus
  reason: ExclusionReason | null
  /** The delivery that stands for it. */
  into: string | null
  channel: string | null
  /** Keys of the releases it is made of. */
  contents: string[]
  /** Why it waits for a person although it is to be sent: what stopped the day's run. */
  hold: string | null
  /** One Japanese sentence. */
  sentence: string
}

interface ExplainOptions {
  delivery: Pick<
    DeliveryHalf,
    'syncedContent' | 'contentStore' | 'readers' | 'db' | 'audience' | 'planning' | 'runs' | 'now'
  >
  ledger: LedgerReader
}

/** Explains one reader's day, child by child; null when there is no such reader. */
export function createExplain({ delivery, ledger }: ExplainOptions) {
  return async (readerId: string, date: string): Promise<Explanation[] | null> => {
    const reader = await delivery.readers.findReader(readerId)
    const settings = reader && delivery.syncedContent.settings(reader.municipality)
    if (!reader || !settings) return null
    const children = await childrenOf(delivery, readerId)
    const removed = await createRemovedDays(delivery.db).of(date)
    if (removed) return children.map((child) => explainRemoved(child, date, removed))
    const run = await delivery.runs.find(dailyRunId(reader.municipality, date))
    const recorded = await ledger.ofReader(readerId, date)
    const { member, plan: planned } = await planDay(delivery, { reader, settings, date, run })
    const plan = withYielded(planned, recorded)
    const releases = await delivery.contentStore.allReleases()
    const wider = widerReasons({ member, date, settings, releases })
    const hold = run?.state === 'held' && run.hold ? holdText(run.hold) : null
    const isOver = date < localDayOf(delivery.now())
    return children.flatMap((child) => {
      const base = { child: child._id, stage: stageLabelOf(child, date), hold }
      if (!isOver) {
        return explainChild(base, child, { plan, recorded, wider }).map((row) => since(row, reader))
      }
      return explainPast(base, { reader, child }, { recorded, run })
    })
  }
}

type Delivery = ExplainOptions['delivery']
type Settings = NonNullable<ReturnType<DeliveryHalf['syncedContent']['settings']>>

function childrenOf({ db }: Delivery, reader: string): Promise<Child[]> {
  return db.collection<Child>('children').find({ readers: reader }).sort({ _id: 1 }).toArray()
}

interface ReaderDay {
  reader: Reader
  settings: Settings
  date: string
  /** The day's run, as far as there is one. */
  run: Run | null
}

/** The day as the planning that sends would plan it now, with the reader's active children. */
async function planDay(options: Delivery, { reader, settings, date, run: found }: ReaderDay) {
  const { syncedContent, audience, planning: store } = options
  const { _id, municipality } = reader
  const one = { reader, pairs: await audience.ofReader(_id) }
  const suppressed = await audience.suppressedAmong([reader])
  const line = settings.lineAccount ? syncedContent.line(settings.lineAccount) : null
  const otherLine = syncedContent.otherLineOf(municipality)
  const program = createProgram({ settings, content: syncedContent.content(), date })
  const run = found ?? { ...NO_RUN, _id: dailyRunId(municipality, date), municipality, date }
  const planning = { program, input: { line, otherLine, run }, store }
  const { history } = await addHistory({ members: [one], suppressed }, planning)
  const member = toMember(one, { program, line, otherLine, suppressed })
  const delivered = history.get(_id)?.dates ?? new Map()
  const yielding = found?.plannedAt ? undefined : await yieldingOf(options, municipality, date)
  return { member, plan: planReader({ program, member, delivered, yielding }) }
}

/** What has yielded when the day was planned does not come, whatever there is room for since. *Pure.* */
function withYielded(plan: ReaderPlan, { exclusions }: KnownDay['recorded']): ReaderPlan {
  const reasonOf = ({ child, slot }: { child: string; slot: string }) =>
    exclusions.find((one) => isYielded(one.reason) && one.child === child && one.slot === slot)
      ?.reason
  const deliveries = plan.deliveries.filter((one) => !reasonOf(one))
  const left = plan.deliveries.flatMap((one) => {
    const reason = reasonOf(one)
    const { id, reader, child, slot } = one
    return reason ? [{ id, reader, child, slot, reason }] : []
  })
  return { ...plan, deliveries, exclusions: [...plan.exclusions, ...left] }
}

/** A day that nobody has asked for yet. */
const NO_RUN = { kind: 'daily' as const, isStale: false, attempts: 0, sealed: [] }

/** What is known of one reader's day, of all children. */
interface KnownDay {
  plan: ReaderPlan
  recorded: Awaited<ReturnType<LedgerReader['ofReader']>>
  wider: ReturnType<typeof widerReasons>
}

/** What is known of a day that is over. */
interface PastDay {
  recorded: KnownDay['recorded']
  run: Run | null
}

/**
 * A day that is over is told as the ledger has it: whatever was registered, changed or published
 * since says nothing about it. *Pure.*
 */
function explainPast(
  base: Base,
  { reader, child }: { reader: Reader; child: Child },
  { recorded, run }: PastDay,
): Explanation[] {
  const isChilds = (row: { child: string }) => row.child === child._id
  const lines = recorded.lines.filter(isChilds)
  const told = slotsOf(lines)
  const excluded = recorded.exclusions.filter((one) => isChilds(one) && !told.has(one.slot))
  const explanations = [
    ...lines.map((line) => explanation(base, line)),
    ...excluded.map((one) => explanation(base, { ...one, status: 'excluded' })),
  ]
  if (explanations.length > 0) return explanations
  return [{ ...nothing(base, null), sentence: nothingThen({ reader, child, run }) }]
}

/** Of a day whose details are gone nobody is told that nothing was sent. *Pure.* */
function explainRemoved(child: Child, date: string, removed: RemovedDays): Explanation {
  const base = { child: child._id, stage: stageLabelOf(child, date), hold: null }
  return { ...nothing(base, null), status: 'removed', sentence: removedSentence(removed) }
}

/** Why the ledger has nothing of a day that is over. */
function nothingThen({
  reader,
  child,
  run,
}: Pick<PastDay, 'run'> & { reader: Reader; child: Child }) {
  const { plannedAt } = run ?? {}
  if (!plannedAt) return 'この日の配信は計画されていません。'
  const isLater = reader.changedAt > plannedAt || child.changedAt > plannedAt
  return isLater
    ? 'この日の計画のときに、配信する文はありませんでした。登録か変更が、そのあとにありました。'
    : 'この日の計画のときに、配信する文はありませんでした。'
}

/** One line a slot: what the ledger has, then what would be sent, then what would not. *Pure.* */
function explainChild(base: Base, child: Child, day: KnownDay): Explanation[] {
  if (child.status === 'stopped') return [nothing(base, 'stopped')]
  const ofChild = <Row extends { child: string }>(rows: readonly Row[]) =>
    rows.filter((row) => row.child === child._id)
  const recorded = ofChild(day.recorded.lines)
  const recordedSlots = slotsOf(recorded)
  // what is recorded and planned all the same was withdrawn before it went out
  const planned = ofChild(day.plan.deliveries)
  const lines = recorded.filter(({ slot }) => !slotsOf(planned).has(slot))
  const told = slotsOf([...lines, ...planned])
  const excluded = ofChild(day.plan.exclusions).filter(({ slot }) => !told.has(slot))
  for (const { slot } of excluded) told.add(slot)
  const others = ofChild(day.wider).filter(({ slot }) => !told.has(slot))
  const explanations = [
    ...lines.map((line) => explanation(base, { ...line, at: hourOfLine(line) })),
    ...planned.map((one) => explainPlanned(base, one, recordedSlots.has(one.slot))),
    ...excluded.map((one) => explanation(base, { ...one, status: 'excluded' })),
    ...others.map(({ slot, reason }) => explanation(base, { slot, reason, status: 'excluded' })),
  ]
  return explanations.length > 0 ? explanations : [nothing(base, null)]
}

/** What went out before the reader stopped stays true, and is not all that is to be known. *Pure.* */
function since(row: Explanation, { status }: Pick<Reader, 'status'>): Explanation {
  if (status === 'active' || row.reason === 'stopped') return row
  return { ...row, sentence: `${row.sentence} いまは、この読者への配信は止まっています。` }
}

/** The hour that a recorded text still waits for. */
function hourOfLine({ notBefore }: Pick<LedgerLine, 'notBefore'>): string | null {
  return notBefore ? clockLabel(notBefore) : null
}

function explainPlanned(base: Base, planned: PlannedDelivery, isAgain: boolean): Explanation {
  const contents = [...planned.texts, ...planned.addOns].map(({ release }) => release.key)
  const at = planned.hour ? shownHour(planned.hour) : null
  return explanation(base, { ...planned, status: 'deliver', contents, isAgain, at })
}

function slotsOf(rows: readonly { slot: string }[]): Set<string> {
  return new Set(rows.map(({ slot }) => slot))
}

type Base = Pick<Explanation, 'child' | 'stage' | 'hold'>

/** Why a run was stopped, for people. *Pure.* */
export function holdText({ code, detail }: Pick<RunHold, 'code' | 'detail'>): string {
  return `${code}: ${detail}`
}

interface ExplanationInput {
  slot: string
  status: 'deliver' | DeliveryStatus
  reason?: ExclusionReason
  into?: string
  channel?: string
  contents?: string[]
  /** Planned anew after its former text was withdrawn. */
  isAgain?: boolean
  /** Notifications of it say no more than whose text it is. */
  isDiscreet?: boolean
  /** The hour it goes out at the earliest, where that is the reader's. */
  at?: string | null
}

function explanation(base: Base, input: ExplanationInput): Explanation {
  const { slot, status, reason = null, into = null, channel = null, contents = [] } = input
  const { isAgain = false, isDiscreet = false, at = null } = input
  const label = slotText(slot)
  const hold = status === 'deliver' || !isTerminal(status) ? base.hold : null
  const sentence = sentenceOf({ label, status, reason, into, hold, isAgain, isDiscreet, at })
  return { ...base, slot, label, status, reason, into, channel, contents, hold, sentence }
}

function nothing(base: Base, reason: ExclusionReason | null): Explanation {
  const sentence = reason ? `${REASON_LABELS[reason]}。` : 'この日に配信する文はありません。'
  const empty = { slot: null, label: null, into: null, channel: null, contents: [], hold: null }
  return { ...base, ...empty, status: reason ? 'excluded' : 'none', reason, sentence }
}

/** What each status means, for people. */
export const STATUS_LABELS: Record<Explanation['status'], string> = {
  deliver: '配信する',
  none: '文なし',
  removed: '記録なし(保存期間のあと)',
  planned: '計画済み',
  inFlight: '送信中',
  deferred: 'あとで再送',
  accepted: '受付済み',
  rejected: '拒否',
  unknown: '不明',
  expired: '期限切れ',
  excluded: '配信しない',
}

function sentenceOf(known: {
  label: string
  status: Explanation['status']
  reason: ExclusionReason | null
  into: string | null
  hold: string | null
  isAgain: boolean
  isDiscreet: boolean
  at: string | null
}): string {
  const { label, status, reason, into, hold, isAgain, isDiscreet, at } = known
  const why = reason ? `(${REASON_LABELS[reason]})` : ''
  const target = into ? ` まとめ先: ${slotText(parseDeliveryId(into).slot)}の文。` : ''
  const stopped = hold ? ` この日の配信回は止まっています。${hold}` : ''
  const again = isAgain
    ? ' 前の文は、送るまえに取り下げられました。次の計画で、いまの文を送ります。'
    : ''
  const discreet = isDiscreet ? ' 通知には内容を出しません。' : ''
  const later = at ? ` 送るのは ${at} からです。` : ''
  return `${label}の文: ${STATUS_LABELS[status]}${why}。${target}${again}${later}${discreet}${stopped}`.trim()
}

function stageLabelOf({ dueDate, birthDate, entryDate }: Child, date: string): string {
  const anchors = {
    ...(dueDate ? { dueDate } : {}),
    ...(birthDate ? { birthDate } : {}),
    ...(entryDate ? { entryDate } : {}),
  }
  return stageAt(anchors, date).label
}
