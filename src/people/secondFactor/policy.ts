import { isForTrying, type Destinations } from '../../config/clock'
import type { Role } from '../roles'

/** Who must have a second factor. */
export interface SecondFactorPolicy {
  requiredFor: readonly Role[]
}

/** Name of the field that says since when somebody has one. */
export const FACTOR_SINCE = 'kizunaSecondFactorAt'

/** Whether an account holds a role that needs a second factor. *Pure.* */
export function needsFactor(account: unknown, { requiredFor }: SecondFactorPolicy): boolean {
  const { kizunaRoles } = (account ?? {}) as { kizunaRoles?: unknown }
  return Array.isArray(kizunaRoles) && requiredFor.some((role) => kizunaRoles.includes(role))
}

/** How it stands with somebody's second factor: there, missing though their role needs it, or neither. */
export type FactorStanding = 'on' | 'owed' | null

/** How it stands with an account's second factor. *Pure.* */
export function factorStanding(account: unknown, policy: SecondFactorPolicy): FactorStanding {
  const { [FACTOR_SINCE]: since } = (account ?? {}) as { [FACTOR_SINCE]?: unknown }
  if (since) return 'on'
  return needsFactor(account, policy) ? 'owed' : null
}

/** Whose role may change what families get, or who has which role. */
const ALWAYS: readonly Role[] = ['chief', 'admin']

/** What the product's policy follows from. */
interface ProductSettings extends Destinations {
  KIZUNA_SECOND_FACTOR_FOR: readonly string[] | null
}

/**
 * The product's own policy: what the setting says, checked with the other options; without it nobody must
 * while everything stays on this machine to be tried, and the chief and the system admin otherwise. *Pure.*
 */
export function productPolicy(settings: ProductSettings): SecondFactorPolicy {
  const { KIZUNA_SECOND_FACTOR_FOR: said } = settings
  return { requiredFor: (said as readonly Role[] | null) ?? (isForTrying(settings) ? [] : ALWAYS) }
}
