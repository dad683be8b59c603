import { localDayOf } from '../../src/stage/day'
import { slotLabel, parseSlot } from '../../src/stage/slot'
import { stageAt } from '../../src/stage/stage'
import type { Release } from '../../src/release/content'
import { latestByKey, liveContent } from '../../src/release/live'
import type { DeliveryHalf } from '../app/deliveryHalf'
import { dailyRunId } from '../runs/due'
import type { RunHold } from '../ledger/documents'
import type { LedgerReader } from '../ledger/reading'
import { isTerminal, type DeliveryStatus } from '../ledger/states'
import { parseDeliveryId } from '../../src/plan/candidate'
import { possibleIds, toMember } from '../planning/members'
import { createProgram } from '../../src/plan/program'
import { planReader, WELCOME_SLOT, type Member } from '../../src/plan/reader'
import { REASON_LABELS, type ExclusionReason } from '../../src/plan/reason'
import type { Child } from '../readers/reader'

/** Why a text is (or is not) due for one child on a day. */
export interface Explanation {
  child: string
  /** The child's stage that day. */
  stage: string
  /** Slot of the text, or null when nothing is due. */
  slot: string | null
  label: string | null
  /** `deliver`: would be sent; `none`: nothing is due; else what the ledger says, or `excluded`. */
  status: 'deliver' | 'none' | DeliveryStatus
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
  const { syncedContent, contentStore, readers, db, audience, planning, runs, now } = delivery

  return async (readerId: string, date: string): Promise<Explanation[] | null> => {
    const reader = await readers.findReader(readerId)
    const settings = reader && syncedContent.settings(reader.municipality)
    if (!reader || !settings) return null
    const children = await db
      .collection<Child>('children')
      .find({ readers: readerId })
      .sort({ _id: 1 })
      .toArray()
    const active = children.filter(({ status }) => status === 'active')
    const suppressed = await audience.suppressedAmong([reader])
    const line = settings.lineAccount ? syncedContent.line(settings.lineAccount) : null
    const program = createProgram({ settings, content: syncedContent.content(), date })
    const member = toMember({ reader, children: active }, { program, line, suppressed })
    const { standing } = await planning.existing(possibleIds(program, member, false))
    const plan = planReader({
      program,
      member,
      delivered: new Map(standing.map(({ _id, date: day }) => [_id, day])),
    })
    const recorded = await ledger.ofReader(readerId, date)
    const wider = widerReasons({
      member,
      date,
      settings,
      releases: await contentStore.allReleases(),
    })
    const run = await runs.find(dailyRunId(reader.municipality, date))
    const hold = run?.state === 'held' && run.hold ? holdText(run.hold) : null
    const isOver = date < localDayOf(now())
    return children.flatMap((child) => {
      const base = { child: child._id, stage: labelOf(child, date), hold }
      if (child.status === 'stopped') return [none(base, 'stopped')]
      const ofChild = <Row extends { child: string }>(rows: Row[]) =>
        rows.filter((one) => one.child === child._id)
      const recordedLines = ofChild(recorded.lines)
      const recordedSlots = slotsOf(recordedLines)
      // what is recorded and planned all the same was withdrawn before it went out
      const planned = ofChild(plan.deliveries).filter(
        ({ slot }) => !isOver || !recordedSlots.has(slot),
      )
      const lines = recordedLines.filter(({ slot }) => !slotsOf(planned).has(slot))
      const known = slotsOf([...lines, ...planned])
      const excluded = ofChild(plan.exclusions).filter(({ slot }) => !known.has(slot))
      for (const { slot } of excluded) known.add(slot)
      const rows: Explanation[] = [
        ...lines.map((one) => row(base, one)),
        ...planned.map((one) => {
          const contents = [...one.texts, ...one.addOns].map(({ release }) => release.key)
          const isAgain = recordedSlots.has(one.slot)
          return row(base, { ...one, status: 'deliver', contents, isAgain })
        }),
        ...excluded.map((one) => row(base, { ...one, status: 'excluded' })),
        ...wider
          .filter(({ id, slot }) => parseDeliveryId(id).child === child._id && !known.has(slot))
          .map(({ slot, reason }) => row(base, { slot, reason, status: 'excluded' })),
      ]
      return rows.length > 0 ? rows : [none(base, null)]
    })
  }
}

function slotsOf(rows: readonly { slot: string }[]): Set<string> {
  return new Set(rows.map(({ slot }) => slot))
}

type Base = Pick<Explanation, 'child' | 'stage' | 'hold'>

/** Why a run was stopped, for people. *Pure.* */
export function holdText({ code, detail }: Pick<RunHold, 'code' | 'detail'>): string {
  return `${code}: ${detail}`
}

interface RowInput {
  slot: string
  status: 'deliver' | DeliveryStatus
  reason?: ExclusionReason
  into?: string
  channel?: string
  contents?: string[]
  /** Planned anew after its former text was withdrawn. */
  isAgain?: boolean
}

function row(base: Base, input: RowInput): Explanation {
  const { slot, status, reason = null, into = null, channel = null, contents = [] } = input
  const { isAgain = false } = input
  const label = slot === WELCOME_SLOT ? '登録のあいさつ' : slotLabel(parseSlot(slot))
  const hold = status === 'deliver' || !isTerminal(status) ? base.hold : null
  const sentence = sentenceOf({ label, status, reason, into, hold, isAgain })
  return { ...base, slot, label, status, reason, into, channel, contents, hold, sentence }
}

function none(base: Base, reason: ExclusionReason | null): Explanation {
  const sentence = reason ? `${REASON_LABELS[reason]}。` : 'この日に配信する文はありません。'
  const nothing = { slot: null, label: null, into: null, channel: null, contents: [], hold: null }
  return { ...base, ...nothing, status: reason ? 'excluded' : 'none', reason, sentence }
}

/** What each status means, for people. */
export const STATUS_LABELS: Record<Explanation['status'], string> = {
  deliver: '配信する',
  none: '文なし',
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
}): string {
  const { label, status, reason, into, hold, isAgain } = known
  const why = reason ? `(${REASON_LABELS[reason]})` : ''
  const place = into ? ` まとめ先: ${into}` : ''
  const stopped = hold ? ` この日の配信回は止まっています。${hold}` : ''
  const again = isAgain
    ? ' 前の文は、送るまえに取り下げられました。次の計画で、いまの文を送ります。'
    : ''
  return `${label}の文: ${STATUS_LABELS[status]}${why}。${place}${again}${stopped}`.trim()
}

function labelOf({ dueDate, birthDate, entryDate }: Child, date: string): string {
  const anchors = {
    ...(dueDate ? { dueDate } : {}),
    ...(birthDate ? { birthDate } : {}),
    ...(entryDate ? { entryDate } : {}),
  }
  return stageAt(anchors, date).label
}

interface WiderInput {
  member: Member
  date: string
  settings: NonNullable<ReturnType<DeliveryHalf['syncedContent']['settings']>>
  releases: Release[]
}

/** Texts that would be due if they were not withdrawn, or if the municipality took their series. */
function widerReasons({ member, date, settings, releases }: WiderInput) {
  const live = liveContent(releases)
  const withdrawn = latestByKey(releases)
    .filter(({ action }) => action === 'withdraw')
    .map((release) => ({ ...release, action: 'publish' as const }))
  const allSeries = [...new Set(live.texts.map(({ content }) => content.series))]
  const taken = new Set(settings.series.map(({ series }) => series))
  const open = { from: null, to: null, isEndIncluded: true, effectiveFrom: null, effectiveTo: null }
  const others = allSeries.filter((code) => !taken.has(code))
  const everything = others.map((series) => ({ series, ...open }))
  const due = (content: typeof live, own: WiderInput['settings']) => {
    const program = createProgram({ settings: own, content, date })
    return possibleIds(program, member, false)
  }
  const reasoned = (ids: string[], reason: ExclusionReason) =>
    ids.map((id) => ({ id, slot: parseDeliveryId(id).slot, reason }))
  return [
    ...reasoned(due(liveContent(withdrawn), settings), 'withdrawn'),
    ...reasoned(due(live, { ...settings, series: everything }), 'notTaken').filter(
      ({ id }) => !due(live, settings).includes(id),
    ),
  ]
}
