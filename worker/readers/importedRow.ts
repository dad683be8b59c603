import { readCode } from '../../src/table/invisible'
import type { ImportProblem, Row } from '../../src/table/sheet'

import {
  addressOf,
  anchorOf,
  areaOf,
  basisOf,
  channelOf,
  consentOf,
  dateOf,
  deliveredOf,
  editionOf,
  Fault,
  municipalityOf,
  relationOf,
  shortText,
  twinsOf,
  versionOf,
  type ImportMunicipality,
  type TwinsMark,
} from './importedCell'
import type { LocalDay } from '../../src/stage/day'
import type { Address, ChildDates, Relation } from './reader'
import type { ReaderColumn } from './readerColumns'

/** One child of one reader, as a row of the file says. */
export interface ImportedRow {
  line: number
  municipality: string
  address: Address
  dates: ChildDates
  edition: string
  relation: Relation
  area: string | null
  source: string | null
  consentedAt: Date
  consentVersion: string
  consentBasis: string
  /** The day up to which another system has delivered to the child, or null. */
  delivered: LocalDay | null
  /** What the row says of its child beside the dates. */
  twins: TwinsMark | null
}

/** What rows are checked against. */
export interface ImportChecks {
  municipalities: ReadonlyMap<string, ImportMunicipality>
  now: Date
  /** What stands for all rows that do not say it themselves. */
  consent?: ImportConsent
}

/** How and when everybody of a list has agreed. */
export interface ImportConsent {
  basis: string
  /** @default what each row says */
  day?: LocalDay
}

/** Checks one row; every mistake in it is told at once. *Pure.* */
export function checkRow(
  row: Row,
  checks: ImportChecks,
): { row: ImportedRow } | { errors: ImportProblem[] } {
  const errors: ImportProblem[] = []
  const take = <T>(column: string, result: T | Fault): T | undefined => {
    if (!(result instanceof Fault)) return result
    // Messages go to logs and colleagues: an address never stands in one.
    const value = column === 'address' ? {} : { value: row.cells.get(column) ?? '' }
    errors.push({ line: row.line, column, message: result.message, ...value })
    return undefined
  }
  const cell = (column: ReaderColumn) => readCode(row.cells.get(column) ?? '')
  // A cell of a workbook may show 4月1日 and know the year; one with a time is read as it shows.
  const dayCell = (column: ReaderColumn) =>
    cell(column).includes(':') ? cell(column) : (row.days?.get(column) ?? cell(column))

  const municipality = take(
    'municipality',
    municipalityOf(cell('municipality'), checks.municipalities),
  )
  const channel = take('channel', channelOf(cell('channel'), municipality))
  const address = channel && take('address', addressOf(channel, cell('address'), municipality))
  const anchor = take('anchor', anchorOf(cell('anchor')))
  const date = take('date', dateOf(dayCell('date'), anchor, checks.now))
  const edition = take('edition', editionOf(cell('edition'), municipality))
  const relation = take('relation', relationOf(cell('relation')))
  const area = take('area', areaOf(cell('area'), municipality))
  const source = take('source', shortText(cell('source'), 'source'))
  const consentDay = dayCell('consentedAt') || (checks.consent?.day ?? '')
  const consentedAt = take('consentedAt', consentOf(consentDay, checks.now))
  const consentVersion = take('consentVersion', versionOf(cell('consentVersion'), municipality))
  const consentBasis = take('consentBasis', basisOf(cell('consentBasis'), checks.consent?.basis))
  const dates: ChildDates = anchor && date ? { [anchor]: date } : {}
  const delivered = take('delivered', deliveredOf(dayCell('delivered'), dates, checks.now))
  const twins = take('twins', twinsOf(cell('twins')))
  if (errors.length > 0 || !municipality || !address || !anchor || !date || !consentedAt) {
    return { errors }
  }
  return {
    row: {
      line: row.line,
      municipality: municipality.settings.code,
      address,
      dates,
      edition: edition ?? '',
      relation: relation ?? 'other',
      area: area ?? null,
      source: source === '' ? null : (source ?? null),
      consentedAt,
      consentVersion: consentVersion ?? '',
      consentBasis: consentBasis ?? '',
      delivered: delivered ?? null,
      twins: twins ?? null,
    },
  }
}
