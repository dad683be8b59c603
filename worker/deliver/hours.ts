import type { Outgoing } from '../../src/operation/halt'
import type { ChannelName } from '../../src/plan/settings'
import { addDays, instantOf, type LocalDay } from '../../src/stage/day'
import type { SyncedContent } from '../content/syncedContent'
import type { Run } from '../ledger/documents'
import type { Claim } from '../ledger/runs'
import type { SendingStore } from '../ledger/sending'
import type { Halts } from './halts'
import type { Pauses } from './pause'

/** When a run whose channels are stopped is looked at again. */
const POLL_MS = 15_000

const CHANNELS = ['line', 'mail'] as const

interface HoursDeps {
  syncedContent: Pick<SyncedContent, 'settings' | 'lineOf' | 'otherLineOf'>
  store: Pick<SendingStore, 'expire' | 'nextDue'>
  pauses: Pauses
  halts: Pick<Halts, 'isHalted'>
  now: () => Date
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

/**
 * Whether a run's texts may go out on a channel: within its hours, and on no other day than its own; an
 * alert of the last minutes before midnight goes on, in its own two hours.
 */
export function isWithinHours(
  { date, kind, opensAt, closesAt }: Pick<Run, 'date' | 'kind' | 'opensAt' | 'closesAt'>,
  channel: ChannelName,
  now: Date,
): boolean {
  return (
    opensAt[channel] <= now && now < closesAt[channel] && (kind === 'urgent' || isOn(date, now))
  )
}

/** Asked before each call, so by two instants: reckoning with zones takes a hundred times as long. */
function isOn(date: LocalDay, now: Date): boolean {
  return instantOf(date, '00:00') <= now && now < instantOf(addDays(date, 1), '00:00')
}

/** Channels whose hours are on and that nothing has stopped. */
export function openChannels(
  deps: Pick<HoursDeps, 'syncedContent' | 'pauses' | 'halts' | 'now'>,
  { run }: Claim,
): ChannelName[] {
  const { syncedContent, pauses, now } = deps
  if (!syncedContent.settings(run.municipality)?.isActive) return []
  const isOpen = (channel: ChannelName) =>
    isWithinHours(run, channel, now()) &&
    !accountsOf(deps, run, channel).every(
      (account) => pauses.isStopped(account) || isHalted(deps, run, { channel, account }),
    )
  return CHANNELS.filter(isOpen)
}

/** The LINE accounts of a run's municipality, or its sender. */
function accountsOf(
  { syncedContent }: Pick<HoursDeps, 'syncedContent'>,
  { municipality }: Run,
  channel: ChannelName,
): string[] {
  const settings = syncedContent.settings(municipality)
  if (channel === 'mail') return [settings?.mailFrom ?? 'mail']
  const line = syncedContent.lineOf(municipality)
  const other = settings?.move ? syncedContent.otherLineOf(municipality) : null
  return [line?.id ?? 'line', ...(other ? [other.id] : [])]
}

function isHalted(
  { halts }: Pick<HoursDeps, 'halts'>,
  { municipality: town }: Run,
  through: Pick<Outgoing, 'channel' | 'account'>,
): boolean {
  return halts.isHalted({ town, ...through })
}

/** Ends what is still open of the channels whose hours are over; a person is told. */
export async function closeHours(deps: HoursDeps, claim: Claim): Promise<void> {
  const { run } = claim
  const isResting = deps.syncedContent.settings(run.municipality)?.isActive === false
  for (const channel of CHANNELS) {
    if (deps.now() < claim.run.closesAt[channel]) continue
    const accounts = accountsOf(deps, run, channel)
    const isPaused =
      isResting || accounts.every((account) => isHalted(deps, run, { channel, account }))
    const reason = isPaused ? ('paused' as const) : undefined
    const count = await deps.store.expire(claim, channel, reason)
    if (count > 0) deps.onAlert('expired', { run: run._id, channel, batches: count, reason })
  }
}

/** Whether nothing of a run is open any more, whatever its channels' hours are. */
export async function isAllOut({ store }: HoursDeps, claim: Claim): Promise<boolean> {
  return !(await store.nextDue(claim, [...CHANNELS]))
}

/** When a run of which nothing can be sent right now goes on. */
export async function nextWake(deps: HoursDeps, claim: Claim): Promise<Date> {
  const { store, now } = deps
  const { opensAt, closesAt } = claim.run
  const due = await store.nextDue(claim, openChannels(deps, claim))
  const opening = Object.values(opensAt).filter((at) => at > now())
  const closing = Object.values(closesAt).filter((at) => at > now())
  const wakes = [due ?? nextPollAt(now()), ...opening, ...closing]
  return new Date(Math.min(...wakes.map((at) => at.getTime())))
}

function nextPollAt(now: Date): Date {
  return new Date(now.getTime() + POLL_MS)
}
