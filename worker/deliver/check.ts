import { placeOf } from '../../src/plan/notice'
import type { Program } from '../../src/plan/program'
import { WELCOME_SLOT } from '../../src/plan/reader'
import type { ExclusionReason } from '../../src/plan/reason'
import { isRestingOn } from '../../src/plan/rest'
import type { LineAccount } from '../../src/plan/settings'
import { isAnnouncement } from '../../src/stage/announcement'
import { isSupport } from '../../src/stage/support'
import type { Batch, Run } from '../ledger/documents'
import { suppressionId } from '../readers/identity'
import type { PairedChild } from '../readers/pair'
import type { Child, Identity, Reader } from '../readers/reader'
import { supportedChild } from '../readers/supported'
import type { Recipient } from './recipients'

/** What a page of batches is checked against. */
export interface CheckInput {
  run: Run
  /** A LINE account by its id, or null when it is gone. */
  accountOf: (id: string) => Pick<LineAccount, 'provider'> | null
  program: () => Program
}

/** The people of a page as they are at the last second. */
export interface PeopleNow {
  readerById: ReadonlyMap<string, Reader>
  childById: ReadonlyMap<string, Child>
  /** The deliveries of the page, and those they stand for, by id. */
  refOf: ReadonlyMap<string, DeliveryRef>
  /** By the id of a delivery those it stands for, because its text speaks of twins. */
  twinsOf: ReadonlyMap<string, readonly string[]>
  /** Keys of the suppressions among them. */
  suppressed: ReadonlySet<string>
  /** The address in clear. */
  openAddress: (identity: Identity) => string
}

/** Whose delivery it is, and of which slot. */
export interface DeliveryRef {
  id: string
  reader: string
  child: string
  slot: string
}

/** Whether and where one delivery of a batch may still go out. *Pure* but for opening the address. */
export function checkRecipient(
  input: CheckInput & PeopleNow,
  batch: Pick<Batch, 'channel' | 'account' | 'plannedWith' | 'firstTriedAt'>,
  id: string,
): Recipient {
  const ref = input.refOf.get(id) ?? { id, reader: '', child: '', slot: '' }
  const reader = input.readerById.get(ref.reader)
  const child = childOf(input, ref, reader)
  const own = identitiesFor(input, batch, reader)
  const identity = own.find(
    (one) => one.status === 'active' && !input.suppressed.has(suppressionId(one)),
  )
  const changed = lastSecondReason({
    reader,
    child,
    run: input.run,
    identity,
    hasAddress: own.length > 0,
    isStillDue: !child || isKnownDue(batch, child) || isDueStill(input, ref, child),
    isWishedStill: !reader || isPlannedAsWished(batch, reader),
    areTwinsSame: (input.twinsOf.get(ref.id) ?? []).every((twin) =>
      isSameTwin(input.childById.get(input.refOf.get(twin)?.child ?? ''), { batch, reader }),
    ),
  })
  const blocked = changed === 'suppressed' ? (own.find(isBlocked) ?? null) : null
  const used = changed === null ? (identity ?? null) : blocked
  const address = used && openOrNull(input, used)
  const isUnreadable = changed === null && address === null
  return {
    id: ref.id,
    reader: ref.reader,
    reason: isUnreadable ? 'unreadable' : changed,
    address,
    isBlocked: blocked !== null && address !== null,
    choseWith: reader && hadOthers(reader, own) ? (reader.changeNumber ?? 0) : null,
    identity: used,
  }
}

/**
 * Whose text it is now: of a support text what its reader has asked for, and never the child, which
 * has stopped; of all others the child itself.
 */
function childOf(
  { childById }: PeopleNow,
  { slot, child }: DeliveryRef,
  reader: Reader | undefined,
): PairedChild | undefined {
  if (!isSupport(slot)) return childById.get(child)
  const asked = reader && supportedChild(reader)
  return asked?._id === child ? asked : undefined
}

/** Whether an earlier attempt may have been made with another address of this account. */
function hadOthers({ former = [] }: Pick<Reader, 'former'>, own: readonly Identity[]): boolean {
  return own.length > 1 || former.length > 0
}

function isBlocked({ status }: Identity): boolean {
  return status === 'blocked'
}

/** An address that cannot be opened costs its own reader the text, nobody else. */
function openOrNull({ openAddress }: PeopleNow, identity: Identity): string | null {
  try {
    return openAddress(identity)
  } catch {
    return null
  }
}

/** A batch belongs to the account it was frozen for, wherever the municipality has gone since. */
function identitiesFor(
  { accountOf }: CheckInput,
  { channel, account }: Pick<Batch, 'channel' | 'account'>,
  reader: Reader | undefined,
): Identity[] {
  const all = reader?.identities ?? []
  if (channel === 'mail') return all.filter((one) => one.channel === 'mail')
  const provider = accountOf(account)?.provider
  return all.filter((one) => one.channel === 'line' && one.account === provider)
}

/** Only a child that was changed since the batch was planned is computed again. */
function isPlannedWith({ plannedWith = 0 }: Pick<Batch, 'plannedWith'>, child: Child): boolean {
  return (child.changeNumber ?? 0) <= plannedWith
}

/** What was asked for is computed each time: it may have been ended and asked for anew. */
function isKnownDue(batch: Pick<Batch, 'plannedWith'>, child: PairedChild): boolean {
  return child.supportFrom === undefined && isPlannedWith(batch, child)
}

/** A batch that may have been taken is repeated as it is, or not at all. */
function isPlannedAsWished(
  { plannedWith = 0, firstTriedAt }: Pick<Batch, 'plannedWith' | 'firstTriedAt'>,
  { wishedWith = 0 }: Reader,
): boolean {
  return firstTriedAt !== undefined || wishedWith <= plannedWith
}

function isDueStill({ program }: CheckInput, { slot, reader }: DeliveryRef, child: PairedChild) {
  if (slot === WELCOME_SLOT || isAnnouncement(slot)) return true
  const { dueDate, birthDate, entryDate, supportFrom } = child
  const anchors = {
    ...(dueDate ? { dueDate } : {}),
    ...(birthDate ? { birthDate } : {}),
    ...(entryDate ? { entryDate } : {}),
    ...(supportFrom ? { supportFrom } : {}),
  }
  const due = program().dueFor(anchors, child.corrected?.includes(reader) ?? false)
  return (
    due.texts.some(({ content }) => content.slot === slot) ||
    due.once.some((addOn) => placeOf(addOn) === slot)
  )
}

/** Whether a child is still what it was when a text was planned that speaks of it as a twin. */
function isSameTwin(
  twin: Child | undefined,
  { batch, reader }: { batch: Pick<Batch, 'plannedWith'>; reader: Reader | undefined },
): boolean {
  if (twin?.status !== 'active' || !reader) return false
  return twin.readers.includes(reader._id) && isPlannedWith(batch, twin)
}

interface LastSecond {
  reader:
    | Pick<
        Reader,
        '_id' | 'status' | 'rest' | 'municipality' | 'identities' | 'former' | 'joinedTo'
      >
    | undefined
  child: Pick<Child, 'status' | 'municipality' | 'readers'> | undefined
  run: Pick<Run, 'municipality' | 'date'>
  /** The identity of this channel account that may be sent to now. */
  identity: Identity | undefined
  /** Whether the reader has any identity of this channel account. */
  hasAddress: boolean
  /** False when the child's dates changed and the text is not today's any more. */
  isStillDue: boolean
  /** False when the reader wishes otherwise than when it was planned. */
  isWishedStill: boolean
  /** False when a child that the text speaks of has left it. */
  areTwinsSame: boolean
}

/** Loss, stop, rest, move, suppression, new dates or wishes since planning; null when there is none. */
function lastSecondReason(known: LastSecond): ExclusionReason | null {
  const { reader, child, run, identity, hasAddress } = known
  const { municipality } = run
  if (!reader || !child) return 'stopped'
  // the registration it has become gets the text, unless it has had it
  if (reader.joinedTo !== undefined) return 'moved'
  if (reader.status === 'stopped' || child.status === 'stopped') return 'stopped'
  if (reader.municipality !== municipality) return 'moved'
  if (!child.readers.includes(reader._id)) return 'stopped'
  if (child.municipality !== municipality) return 'stopped'
  if (isRestingOn(reader.rest, run.date)) return 'resting'
  if (!known.isStillDue) return 'stale'
  if (!known.areTwinsSame || !known.isWishedStill) return 'regrouped'
  if (identity) return null
  if (hasAddress) return 'suppressed'
  return hasMoved(reader) ? 'moved' : 'noChannel'
}

/** Texts come to another channel since: what was planned for the day goes there. */
function hasMoved({ identities, former = [] }: Pick<Reader, 'identities' | 'former'>): boolean {
  return former.length > 0 && identities.some(({ status }) => status === 'active')
}
