import type { PayloadRequest } from 'payload'

import { findTowns, type Town } from '../municipality/findTowns'
import { REASON_LABELS, type ExclusionReason } from '../plan/reason'
import type { KizunaSettings } from '../plugin/options'
import { OCCASIONS } from '../source/occasions'
import { localDayOf } from '../stage/day'
import { monthOf } from '../stage/month'
import { FIGURE_NAMES } from '../statistics/names'
import { askedPeriod } from '../statistics/period'
import type { TownDenominator } from '../statistics/rates'
import { reportOf, type NameOf, type NumbersReport } from '../statistics/report'
import { findDenominators, findSources, findTold } from './find'

/** What a person looks at, as it stands in an address. */
export interface NumbersQuestion {
  /** Id of a municipality, or {@link ALL}; left out, the own one, or all. */
  municipality?: string | undefined
  period?: string | undefined
}

/** Stands for all municipalities that a person may read. */
export const ALL = 'all'

/** The numbers of one municipality, or of all together. */
export interface Numbers {
  /** Null for all together. */
  town: Town | null
  /** Those the person may read. */
  towns: Town[]
  report: NumbersReport
  /** Of the one town: what it typed in, with what is needed to change it. */
  denominators: (TownDenominator & { id: string })[]
}

type Settings = Pick<KizunaSettings, 'now' | 'editions'>

/** What a person asked for; null where the municipality is not theirs to read, or there is none. */
export async function loadNumbers(
  req: PayloadRequest,
  { municipality = '', period: key }: NumbersQuestion,
  settings: Settings,
): Promise<Numbers | null> {
  const towns = await findTowns(req)
  const asked = towns.find(({ id }) => id === municipality)
  const isAll = municipality === ALL || municipality === ''
  const town = isAll && towns.length === 1 ? (towns[0] ?? null) : (asked ?? null)
  if (towns.length === 0 || (town === null && !isAll)) return null
  const period = askedPeriod(key, monthOf(localDayOf(settings.now())))
  const [told, denominators, names] = await Promise.all([
    findTold(req, town, period),
    findDenominators(req, town, period),
    town ? findSources(req, town) : new Map<string, string>(),
  ])
  const nameOf = nameWith(names, settings)
  const isOneTown = town !== null
  const report = reportOf({ told, denominators, period, nameOf, isOneTown })
  return { town, towns, report, denominators }
}

/** Names of a town's sources, areas and editions, and of what is the same everywhere. *Pure.* */
function nameWith(
  sources: ReadonlyMap<string, string>,
  { editions }: Pick<KizunaSettings, 'editions'>,
): NameOf {
  return (dimension, code) => {
    const known = FIGURE_NAMES[dimension]?.[code]
    if (known !== undefined) return known
    if (dimension === 'reason') return REASON_LABELS[code as ExclusionReason] ?? null
    if (dimension === 'edition') return editions.find((one) => one.code === code)?.label ?? null
    if (dimension === 'area') return code
    if (dimension !== 'source') return null
    return sources.get(code) ?? OCCASIONS.find(({ value }) => value === code)?.label ?? null
  }
}
