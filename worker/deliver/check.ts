import type { Program } from '../../src/plan/program'
import { WELCOME_SLOT } from '../../src/plan/reader'
import type { ExclusionReason } from '../../src/plan/reason'
import type { LineAccount } from '../../src/plan/settings'
import type { Batch, Run } from '../ledger/documents'
import { suppressionKey, type AudienceChild } from '../planning/audience'
import type { Child, Identity, Reader } from '../readers/reader'
import type { Recipient } from './recipients'

/** What a page of batches is checked against. */
export interface CheckInput {
  run: Run
  line: Pick<LineAccount, 'id' | 'provider'> | null
  program: () => Program
}

/** The people of a page as they are at the last second. */
export interface PeopleNow {
  readerById: ReadonlyMap<string, Reader>
  childById: ReadonlyMap<string, Child>
  /** Keys of the suppressions among them. */
  suppressed: ReadonlySet<string>
  /** The address in clear. */
  openAddress: (identity: Identity) => string
}

/** A delivery's id, taken apart. */
export interface DeliveryRef {
  id: string
  reader: string
  child: string
  slot: string
}

/** Whether and where one delivery of a batch may still go out. *Pure* but for opening the address. */
export function checkRecipient(
  input: CheckInput & PeopleNow,
  { channel }: Pick<Batch, 'channel'>,
  ref: DeliveryRef,
): Recipient {
  const reader = input.readerById.get(ref.reader)
  const child = input.childById.get(ref.child)
  const own = (reader?.identities ?? []).filter((one) => isOfAccount(one, channel, input.line))
  const identity = own.find(
    (one) => one.status === 'active' && !input.suppressed.has(suppressionKey(one)),
  )
  const reason = lastSecondReason({
    reader,
    child,
    municipality: input.run.municipality,
    identity,
    hasAddress: own.length > 0,
    isStillDue: !child || isDueStill(input, ref, child),
  })
  return {
    id: ref.id,
    reader: ref.reader,
    reason,
    address: reason === null && identity ? input.openAddress(identity) : null,
    choseAt: reader && own.length > 1 ? reader.changedAt : null,
    identity: identity ?? null,
  }
}

function isOfAccount(
  identity: Identity,
  channel: Batch['channel'],
  line: CheckInput['line'],
): boolean {
  if (channel === 'mail') return identity.channel === 'mail'
  return identity.channel === 'line' && line !== null && identity.account === line.provider
}

/** Only a child whose dates were changed since planning is computed again. */
function isDueStill({ run, program }: CheckInput, { slot, reader }: DeliveryRef, child: Child) {
  if (slot === WELCOME_SLOT || !run.plannedAt || child.changedAt < run.plannedAt) return true
  const { dueDate, birthDate, entryDate } = child
  const anchors = {
    ...(dueDate ? { dueDate } : {}),
    ...(birthDate ? { birthDate } : {}),
    ...(entryDate ? { entryDate } : {}),
  }
  const due = program().dueFor(anchors, child.corrected?.includes(reader) ?? false)
  return (
    due.texts.some(({ content }) => content.slot === slot) ||
    due.once.some(({ content }) => content.from === slot)
  )
}

interface LastSecond {
  reader: Pick<Reader, '_id' | 'status' | 'municipality' | 'identities'> | undefined
  child: (AudienceChild & Pick<Child, 'status' | 'municipality' | 'readers'>) | undefined
  municipality: string
  /** The identity of this channel account that may be sent to now. */
  identity: Identity | undefined
  /** Whether the reader has any identity of this channel account. */
  hasAddress: boolean
  /** False when the child's dates changed and the text is not today's any more. */
  isStillDue: boolean
}

/** Loss, stop, move, suppression or new dates since planning; null when there is none of them. */
function lastSecondReason(known: LastSecond): ExclusionReason | null {
  const { reader, child, municipality, identity, hasAddress, isStillDue } = known
  if (!reader || !child) return 'stopped'
  if (reader.status === 'stopped' || child.status === 'stopped') return 'stopped'
  if (!child.readers.includes(reader._id)) return 'stopped'
  if (reader.municipality !== municipality || child.municipality !== municipality) return 'stopped'
  if (!isStillDue) return 'stale'
  if (!identity) return hasAddress ? 'suppressed' : 'noChannel'
  return null
}
