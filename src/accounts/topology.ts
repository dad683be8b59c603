import type { LineAccount, MunicipalitySettings } from '../plan/settings'
import type { LocalDay } from '../stage/day'

/** What mail is called among the accounts of a municipality: it has one, and no provider. */
export const MAIL = 'mail'

/** An account that a municipality sends through, or did. */
export interface TownAccount {
  /** Id of the LINE account in the CMS, or {@link MAIL}. */
  id: string
  channel: 'line' | 'mail'
  /** Name of the LINE provider, inside which the ids of readers are valid, or {@link MAIL}. */
  provider: string
  name: string
  /** `official`: shared with other services of the town. Of mail: null. */
  kind: LineAccount['kind'] | null
  /** Since when, and until when; null: from before anything was noted, and still. */
  since: LocalDay | null
  until: LocalDay | null
}

/** A move that has ended, as far as it tells when accounts began and ended. */
export interface EndedMove {
  from: Pick<TownAccount, 'id' | 'channel' | 'provider' | 'name' | 'kind'>
  to: Pick<TownAccount, 'id' | 'channel' | 'provider' | 'name' | 'kind'>
  begunOn: LocalDay
  endedOn: LocalDay
}

/** A LINE account as an account of a municipality, without its channel and secrets. *Pure.* */
export function lineAccountOf(
  account: Pick<LineAccount, 'id' | 'provider' | 'kind'> & { name: string },
): TownAccount {
  const { id, provider, name, kind } = account
  return { id, channel: 'line', provider, name, kind, since: null, until: null }
}

/** The mail of a municipality, as one of its accounts. *Pure.* */
export function mailAccountOf({ mailFrom }: Pick<MunicipalitySettings, 'mailFrom'>): TownAccount {
  const name = `メール(${mailFrom})`
  return { id: MAIL, channel: 'mail', provider: MAIL, name, kind: null, since: null, until: null }
}

/**
 * All accounts that a municipality has or had, with their days: those it has now, and those that moves
 * have brought and ended. Mail is never ended by a move. *Pure.*
 */
export function topologyOf(
  now: readonly TownAccount[],
  ended: readonly EndedMove[],
): TownAccount[] {
  const inTurn = [...ended].sort((a, b) => (a.endedOn < b.endedOn ? -1 : 1))
  const all = new Map(now.map((account) => [account.id, account]))
  for (const { from, to, begunOn, endedOn } of inTurn) {
    const left = all.get(from.id) ?? { ...from, since: null, until: null }
    const isStillUsed = from.channel === 'mail' || now.some(({ id }) => id === from.id)
    all.set(from.id, { ...left, until: isStillUsed ? null : endedOn })
    all.set(to.id, { ...(all.get(to.id) ?? { ...to, until: null }), since: begunOn })
  }
  return [...all.values()].sort((a, b) => ((a.since ?? '') < (b.since ?? '') ? -1 : 1))
}

/** Ids of the LINE accounts that a municipality sends through now, the one of new readers first. *Pure.* */
export function lineIdsOf({
  lineAccount,
  move,
}: Pick<MunicipalitySettings, 'lineAccount' | 'move'>): string[] {
  const ids = [lineAccount, move?.from, move?.to]
  return [...new Set(ids.flatMap((id) => id ?? []))].filter((id) => id !== MAIL)
}
