import type { Month } from '../stage/month'
import type { DenominatorKind } from './denominators'
import type { Rate } from './rates'

/** A number that a municipality types in. */
export interface ToType {
  kind: DenominatorKind
  period: string
}

interface Rates {
  handbooks: Pick<Rate, 'missing'>
  births: Pick<Rate, 'missing'>
}

/**
 * What is chosen in the form: the first missing number of the kind somebody came for, else the first
 * that is missing at all; where none is, the handbooks of the last month. *Pure.*
 */
export function firstToType(rates: Rates, asked: unknown, lastMonth: Month): ToType {
  const kinds = asked === 'births' ? (['births', 'handbooks'] as const) : BY_NEED
  const missing = kinds.flatMap((kind) =>
    rates[kind].missing.slice(0, 1).map((period) => ({ kind, period })),
  )
  return missing[0] ?? { kind: 'handbooks', period: lastMonth }
}

const BY_NEED = ['handbooks', 'births'] as const
