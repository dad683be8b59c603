import { readFileSync } from 'node:fs'

import { parse } from 'csv-parse/sync'

import { AGE_BASES, KINDS, MONTH_RULES } from '../../../src/release/choices'
import type { ImportContext } from '../../../src/import/plan'
import { DEFAULT_TOPICS } from '../../../src/review/rules/policy'
import type { MunicipalitySettings } from '../../../src/plan/settings'

export type Row = Record<string, string>

export interface SampleSeries {
  code: string
  anchor: string
  from: string
  to: string
}

export interface SampleMunicipality extends MunicipalitySettings {
  contactVariables: { name: string; value: string }[]
}

export interface SampleUser {
  email: string
  name: string
  roles: string[]
  disciplines?: string[]
  municipality?: string
}

export const manuscripts = table('manuscripts.csv')
export const standard = manuscripts.filter(({ edition }) => edition === 'standard')
export const easy = manuscripts.filter(({ edition }) => edition === 'easy')
export const addOnRows = table('addons.csv')
export const readers = table('readers.csv')
export const series = json<SampleSeries[]>('series.json')
export const municipalities = json<SampleMunicipality[]>('municipalities.json')
export const lineAccounts = json<Row[]>('lineAccounts.json')
export const users = json<SampleUser[]>('users.json')

/** Slots of a series' standard texts, in the order of the file. */
export function slotsOf(code: string): string[] {
  return standard.filter((row) => row.series === code).map(({ slot = '' }) => slot)
}

/** What the import would know in a CMS that holds the sample's settings; codes stand for ids. */
export const importContext: ImportContext = {
  series: new Map(series.map(({ code }) => [code, code])),
  municipalities: new Map(
    municipalities.map(({ code, contactVariables }) => [
      code,
      {
        id: code,
        variables: Object.fromEntries(contactVariables.map(({ name, value }) => [name, value])),
      },
    ]),
  ),
  choices: (field) => CHOICES[field] ?? [],
}

const EDITIONS = [
  { value: 'standard', label: '標準' },
  { value: 'easy', label: 'やさしい日本語' },
]
const CHOICES: Record<string, { value: string; label: string }[]> = {
  edition: EDITIONS,
  editions: EDITIONS,
  kind: KINDS,
  ageBasis: AGE_BASES,
  monthRule: MONTH_RULES,
  topics: DEFAULT_TOPICS.map(({ code, label }) => ({ value: code, label })),
}

/** Rows with the same value in a column, together. */
export function grouped(rows: Row[], column: string): Row[][] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = row[column] ?? ''
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()]
}

/** The text of one sample file. */
export function text(name: string): string {
  return readFileSync(new URL(`../../../src/sample/${name}`, import.meta.url), 'utf8')
}

function table(name: string): Row[] {
  return parse(text(name), { columns: true }) as Row[]
}

function json<T>(name: string): T {
  return JSON.parse(text(name)) as T
}
