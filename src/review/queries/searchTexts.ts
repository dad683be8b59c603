import type { PayloadRequest, Where } from 'payload'

import { localDayOf } from '../../stage/day'
import { searchedWords } from '../rules/searchWords'
import { whereShown } from '../rules/standing'
import { countShownStates, shownStateOf } from '../rules/state'
import type { ShownState } from '../rules/state'
import type { TextQuestion } from '../rules/textSearch'
import {
  countShown,
  countTextStates,
  findTextStates,
  OF_ROW,
  rowAt,
  type TextRow,
} from './textStates'

/** A page of the texts that a question is about. */
export interface FoundTexts {
  rows: TextRow[]
  /** How many there are on all pages; of a search at most {@link MOST_FOUND}. */
  count: number
  /** How many of what the words find are in each state; those with none are left out. */
  states: { code: ShownState; label: string; count: number }[]
  /** Whether there are more than were counted. */
  isCut: boolean
}

/** Rows on one page. */
export const PAGE_SIZE = 100

/** So many are found for some words; who gets more says more. */
export const MOST_FOUND = 500

/** Looks for texts that the person of the request may read, in the order of life. */
export async function searchTexts(
  req: PayloadRequest,
  question: TextQuestion,
  now: Date,
): Promise<FoundTexts> {
  const { words } = searchedWords(question.words)
  return words.length > 0 ? withWords(req, question, now) : withoutWords(req, question, now)
}

/** No words: the database counts on its indexes and reads one page. */
async function withoutWords(
  req: PayloadRequest,
  { collection, state, page }: TextQuestion,
  now: Date,
): Promise<FoundTexts> {
  const moment = { now, day: localDayOf(now) }
  const where = state === '' ? [] : [whereShown(state, moment)]
  const states = await countShown(req, collection, now)
  const rows = await findTextStates(req, {
    collection,
    where,
    fields: OF_ROW,
    limit: PAGE_SIZE,
    page,
  })
  return {
    states,
    rows: rows.map((row) => rowAt(row, moment)),
    count: await countTextStates(req, { collection, where }),
    isCut: false,
  }
}

/** The index finds texts with all pairs of letters; those with the words themselves are kept. */
async function withWords(
  req: PayloadRequest,
  { collection, state, words: asked, page }: TextQuestion,
  now: Date,
): Promise<FoundTexts> {
  const { pairs, words } = searchedWords(asked)
  // Without a pair there are single kana alone, which are in nearly every text.
  const where: Where[] =
    pairs.length > 0
      ? [{ pairs: { all: pairs } }]
      : words.map((word) => ({ letters: { contains: word } }))
  const found = await findTextStates(req, {
    collection,
    where,
    fields: [...OF_ROW, 'letters'],
    limit: MOST_FOUND + 1,
  })
  const moment = { now, day: localDayOf(now) }
  const rows = found
    .slice(0, MOST_FOUND)
    .filter((text) => words.every((word) => text.letters.includes(word)))
    .map(({ letters: _letters, ...row }) => rowAt(row, moment))
  const inState = rows.filter((row) => state === '' || shownStateOf(row) === state)
  return {
    rows: inState.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
    count: inState.length,
    states: countShownStates(rows).filter(({ count }) => count > 0),
    isCut: found.length > MOST_FOUND,
  }
}

/** Ids of all that a question finds, on whatever page, as many as {@link searchTexts} counts. */
export async function findTextIds(
  req: PayloadRequest,
  question: Omit<TextQuestion, 'page'>,
  now: Date,
): Promise<string[]> {
  const ids: string[] = []
  for (let page = 1; ; page += 1) {
    const { rows, count } = await searchTexts(req, { ...question, page }, now)
    ids.push(...rows.map(({ id }) => id))
    if (rows.length === 0 || ids.length >= count) return ids
  }
}
