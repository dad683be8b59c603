import type { VariableRow } from './variableReleases'

/**
 * Everything a municipality says in its own words to its readers: who it is, whom they can ask, and
 * which addresses it may name. It changes only by a proposal that a second person has confirmed.
 */
export interface TownWords {
  name: string
  senderName: string
  department: string
  phone: string
  hours: string
  url: string
  variables: { name: string; value: string }[]
  hosts: string[]
  areas: string[]
}

/** One of the words. */
export type TownWord = keyof TownWords

/** What the words are called in the form and in a change. */
export const WORD_LABELS: Readonly<Record<TownWord, string>> = {
  name: '自治体名',
  senderName: '差出人の名前',
  department: '担当課',
  phone: '電話番号',
  hours: '受付時間',
  url: '案内ページ',
  variables: 'ほかの差し込み語',
  hosts: 'アドレスに使えるホスト名',
  areas: '地区',
}

/** What some of the words are called, in one line. *Pure.* */
export function titleOf(named: readonly TownWord[]): string {
  return named.map((word) => WORD_LABELS[word]).join('・')
}

/** All words, in the order of the form. */
export const TOWN_WORDS = Object.keys(WORD_LABELS) as TownWord[]

/** Words that stand in every message: as its sender, or under its text. */
export const EVERYWHERE: readonly TownWord[] = [
  'name',
  'senderName',
  'department',
  'phone',
  'hours',
  'url',
]

/** Fields of the stored document that hold the words. */
export const WORD_FIELDS = [
  'name',
  'senderName',
  'contact',
  'contactVariables',
  'hosts',
  'areas',
] as const

/** A municipality as it is stored, as far as its words go. */
export interface StoredWords {
  name?: unknown
  senderName?: unknown
  contact?: unknown
  contactVariables?: unknown
  hosts?: unknown
  areas?: unknown
}

/** The words in a stored document, or in data that would be one. *Pure.* */
export function wordsOf(stored: StoredWords): TownWords {
  const contact = (stored.contact ?? {}) as Record<string, unknown>
  return {
    name: text(stored.name),
    senderName: text(stored.senderName),
    department: text(contact.department),
    phone: text(contact.phone),
    hours: text(contact.hours),
    url: text(contact.url),
    variables: list(stored.contactVariables).map((row) => {
      const { name, value } = (row ?? {}) as VariableRow
      return { name: text(name), value: text(value) }
    }),
    hosts: list(stored.hosts).map(text),
    areas: list(stored.areas).map((row) => text((row as { name?: unknown } | null)?.name)),
  }
}

/** Words as a document's data; the whole contact goes along when a part of it changes. *Pure.* */
export function dataOf(words: Partial<TownWords>, now: TownWords): object {
  const { department, phone, hours, url } = { ...now, ...words }
  const isContact = ['department', 'phone', 'hours', 'url'].some((word) => word in words)
  return {
    ...(words.name === undefined ? {} : { name: words.name }),
    ...(words.senderName === undefined ? {} : { senderName: words.senderName }),
    ...(isContact ? { contact: { department, phone, hours, url: url || null } } : {}),
    ...(words.variables === undefined ? {} : { contactVariables: words.variables }),
    ...(words.hosts === undefined ? {} : { hosts: words.hosts }),
    ...(words.areas === undefined ? {} : { areas: words.areas.map((name) => ({ name })) }),
  }
}

/** Which of these words are others than before. *Pure.* */
export function changedWords(before: TownWords, after: Partial<TownWords>): TownWord[] {
  return TOWN_WORDS.filter(
    (word) => word in after && JSON.stringify(after[word]) !== JSON.stringify(before[word]),
  )
}

/** Some of the words. *Pure.* */
export function pick(words: TownWords, named: readonly TownWord[]): Partial<TownWords> {
  return Object.fromEntries(named.map((word) => [word, words[word]]))
}

/** A change of one word as people read it; an empty text where there is nothing. */
export interface ChangeLine {
  label: string
  before: string
  after: string
}

/** What changes, a line a word; of the rows of a list only those that are others. *Pure.* */
export function changeLines(before: Partial<TownWords>, after: Partial<TownWords>): ChangeLine[] {
  return TOWN_WORDS.filter((word) => word in after).flatMap((word) => {
    const label = WORD_LABELS[word]
    if (word === 'variables') return variableLines(before.variables ?? [], after.variables ?? [])
    const [old, now] = [before[word], after[word]].map((value) =>
      Array.isArray(value) ? value.join('、') : (value ?? ''),
    )
    return old === now ? [] : [{ label, before: old ?? '', after: now ?? '' }]
  })
}

function variableLines(before: TownWords['variables'], after: TownWords['variables']) {
  const names = [...new Set([...before, ...after].map(({ name }) => name))]
  return names.flatMap((name) => {
    const [old, now] = [before, after].map((rows) => rows.find((row) => row.name === name)?.value)
    if (old === now) return []
    return [{ label: `差し込み語 {{${name}}}`, before: old ?? '', after: now ?? '' }]
  })
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined || value === null ? '' : '?'
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : ['?']
}
