import { localDayOf, type LocalDay } from '../../../src/stage/day'
import { clockLabel } from '../../../src/stage/japaneseDate'
import type { OwnRecord } from '../../readers/ownRecord'
import type { ReaderText } from '../../ledger/readerTexts'

import { slotWords } from '../myDetails'
import { shownWishes } from '../wishes/shownWishes'
import { editionName, type EditionNames, type Words } from '../words/words'

/** All that is stored of a reader, as far as it is kept. */
export interface StoredOfReader extends OwnRecord {
  /** Name of the municipality. */
  town: string
  /** Every delivery, whatever became of it, newest first. */
  texts: readonly ReaderText[]
  keptDays: number
  madeAt: Date
}

type FieldName = keyof Words['data']['file']['fields']

/** One field as it is stored, and as it is read where that is more than its value. */
interface Field {
  name: FieldName
  value: unknown
  shown?: string
}

interface Section {
  key: string
  title: string
  entries: Field[][]
}

interface Written extends EditionNames {
  words: Words
}

/** The copy for machines: what is stored, and beside it what each field means. *Pure.* */
export function dataJson(stored: StoredOfReader, names: Written): string {
  const { file } = names.words.data
  const sections = sectionsOf(stored, names)
  const used = new Set(sections.flatMap(({ entries }) => entries.flat().map(({ name }) => name)))
  const copy = {
    about: file.heading,
    madeAt: stored.madeAt,
    meaning: Object.fromEntries([
      ...sections.map(({ key, title }) => [key, title] as const),
      ...[...used].map((name) => [name, meaningOf(name, names.words)] as const),
    ]),
    ...Object.fromEntries(sections.map(({ key, entries }) => [key, entries.map(objectOf)])),
  }
  return `${JSON.stringify(copy, null, 2)}\n`
}

/** What a field means, and each word of the program that may stand in it. */
function meaningOf(name: FieldName, { data: { file } }: Words): string {
  const coded = Object.entries(file.values[name] ?? {})
  const told = coded.map(([code, meaning]) => `${code}: ${meaning}`).join('、')
  return told === '' ? file.fields[name] : `${file.fields[name]}(${told})`
}

function objectOf(fields: Field[]): Record<string, unknown> {
  return Object.fromEntries(fields.map(({ name, value }) => [name, value ?? null]))
}

/** The copy for people. *Pure.* */
export function dataText(stored: StoredOfReader, names: Written): string {
  const { words } = names
  const { file } = words.data
  const blocks = sectionsOf(stored, names).map(({ title, entries }) => {
    const told = entries.map((fields) => fields.map((one) => lineOf(one, words)).join('\n'))
    return [`■ ${title}`, told.length > 0 ? told.join('\n\n') : file.none].join('\n')
  })
  return `${[file.heading, file.madeAt(momentOf(stored.madeAt, words)), ...blocks].join('\n\n')}\n`
}

function lineOf({ name, value, shown }: Field, words: Words): string {
  const { fields, values } = words.data.file
  const known = typeof value === 'string' ? values[name]?.[value] : undefined
  return `${fields[name]}: ${shown ?? known ?? shownOf(value, words)}`
}

function shownOf(value: unknown, words: Words): string {
  const { none, yes, no } = words.data.file
  if (value === undefined || value === null || value === '') return none
  if (value instanceof Date) return momentOf(value, words)
  if (typeof value === 'boolean') return value ? yes : no
  if (Array.isArray(value)) return value.length > 0 ? value.join('、') : none
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function momentOf(at: Date, words: Words): string {
  return `${words.day(localDayOf(at))} ${clockLabel(at)}`
}

function sectionsOf(stored: StoredOfReader, names: Written): Section[] {
  const { file } = names.words.data
  const { contacts, stops, refusals, waiting, visits, counter, dateNotes, texts, keptDays } = stored
  const childrenOf = stored.children.map(({ id }) => id)
  const row = (values: Partial<Record<FieldName, unknown>>): Field[] =>
    Object.entries(values).map(([name, value]) => ({ name: name as FieldName, value }))
  return [
    { key: 'registration', title: file.registration, entries: [registrationOf(stored, names)] },
    { key: 'contacts', title: file.contacts, entries: contacts.map(row) },
    {
      key: 'children',
      title: file.children,
      entries: stored.children.map((child) => childOf(child, names.words)),
    },
    { key: 'stops', title: file.stops, entries: stops.map(row) },
    { key: 'refusals', title: file.refusals, entries: refusals.map(row) },
    { key: 'waiting', title: file.waiting, entries: waiting.map(row) },
    { key: 'visits', title: file.visits, entries: visits.map(row) },
    {
      key: 'counter',
      title: file.counter,
      entries: counter.map(({ at, act, detail }) => [
        ...row({ at, act }),
        { name: 'detail', value: detail, shown: detailShown(detail, names.words) },
      ]),
    },
    {
      key: 'dateNotes',
      title: file.dateNotes,
      entries: dateNotes.map(({ children, dueAt }) =>
        row({
          children: children.map((id) => childrenOf.indexOf(id) + 1).filter(Boolean),
          tellAt: dueAt,
        }),
      ),
    },
    {
      key: 'texts',
      title: file.texts(keptDays),
      entries: texts.map(({ day, child, slot, channel, status }) => [
        ...row({ day, child: childrenOf.indexOf(child) + 1 || null }),
        { name: 'slot', value: slot, shown: slotWords(slot, names.words) ?? file.greeting },
        ...row({ channel, outcome: status }),
      ]),
    },
  ]
}

/** Names of what was changed at the counter, or how, in words. */
function detailShown(detail: string | undefined, words: Words): string {
  const { fields, values, none } = words.data.file
  const said = (detail ?? '').split(',').map((part) => {
    const field = Object.hasOwn(fields, part) ? fields[part as FieldName] : part
    return values.kind?.[part] ?? field
  })
  return said.filter(Boolean).join('、') || none
}

function registrationOf({ reader, town }: StoredOfReader, names: Written): Field[] {
  const { relations, day } = names.words
  const asked = reader.support?.from
  const told = reader.announce?.on
  return [
    { name: 'municipality', value: town },
    { name: 'status', value: reader.status },
    { name: 'relation', value: reader.relation, shown: relations[reader.relation] },
    { name: 'edition', value: reader.edition, shown: editionName(reader.edition, names) },
    given('area', reader.area, names.words),
    given('source', reader.source, names.words),
    { name: 'rest', value: reader.rest },
    ...wishesOf(reader, names),
    { name: 'support', value: asked, ...(asked && { shown: day(asked) }) },
    ...(told ? [{ name: 'announce' as const, value: told, shown: day(told) }] : []),
    { name: 'consentedAt', value: reader.consentedAt },
    { name: 'consentVersion', value: reader.consentVersion },
    { name: 'createdAt', value: reader.createdAt },
    { name: 'changedAt', value: reader.changedAt },
  ]
}

/** An answer that nobody had to give: without it, there is one all the same. *Pure.* */
function given(name: FieldName, value: string | null, { data }: Words): Field {
  return { name, value, ...(value === null && { shown: data.file.notGiven }) }
}

function wishesOf({ wishes = {} }: StoredOfReader['reader'], { words }: Written): Field[] {
  const shown = shownWishes(wishes, words)
  const names = ['hour', 'discreet', 'declined'] as const
  return names.map((name) => ({ name, value: wishes[name], shown: shown[name] }))
}

function childOf(child: StoredOfReader['children'][number], words: Words): Field[] {
  const day = (name: FieldName, value: LocalDay | undefined): Field => {
    return { name, value, shown: value ? words.day(value) : words.data.file.notGiven }
  }
  const sharers = child.sharers.map((relation) => words.relations[relation])
  return [
    day('dueDate', child.dueDate),
    day('birthDate', child.birthDate),
    day('entryDate', child.entryDate),
    { name: 'isCorrected', value: child.isCorrected },
    { name: 'status', value: child.status },
    { name: 'sharers', value: child.sharers, shown: shownOf(sharers, words) },
    { name: 'createdAt', value: child.createdAt },
    { name: 'changedAt', value: child.changedAt },
  ]
}
