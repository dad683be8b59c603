import { lineIdsOf } from '../../src/accounts/topology'
import type { LineStatus } from '../../src/operation/status'
import type { SyncedMunicipality } from '../../src/plan/readCmsDocuments'
import type { LineAccount } from '../../src/plan/settings'
import type { LocalDay } from '../../src/stage/day'
import type { SyncedContent } from '../content/syncedContent'
import type { KeptHealth } from './keptHealth'
import { expectedOfMonth } from './lineTroubles'

/** LINE accounts that one of some municipalities sends through. */
export function usedLines(
  towns: readonly SyncedMunicipality[],
  { lines }: Pick<SyncedContent, 'lines'>,
): LineAccount[] {
  const used = new Set(towns.flatMap(lineIdsOf))
  return lines().filter(({ id }) => used.has(id))
}

/** How an account is told, by what LINE has last said of it. *Pure.* */
export function lineStatusOf(
  { id, basicId }: LineAccount,
  { kept, date }: { kept: KeptHealth | undefined; date: LocalDay },
): LineStatus {
  const { at = null, code = null, troubles = [], counted = null, health = null } = kept ?? {}
  return {
    id,
    name: basicId,
    askedAt: at?.toISOString() ?? null,
    code,
    troubles,
    limit: health?.limit ?? null,
    used: health?.used ?? null,
    expected: health && health.limit !== null ? expectedOfMonth(health.used, date) : null,
    yielded: kept?.yielded ?? [],
    webhook: health && health.webhook?.isOn === true,
    isSentElsewhere: kept?.isSentElsewhere ?? false,
    webhookTest: kept?.webhookTest ?? null,
    menu: health?.menu ?? null,
    counted,
  }
}
