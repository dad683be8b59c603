import type { AdminViewServerProps } from 'payload'

import { NOTICE_RELATIONS } from '../../release/choices'
import type { LocalDay } from '../../stage/day'
import { StageError } from '../../stage/error'
import { parseWrittenDay } from '../../table/days'

/** Relations that a notice may be limited to: the first of the choices is everybody. */
export const OWN_RELATIONS = NOTICE_RELATIONS.slice(1)

/** What the page is asked, as it stands in its address. */
export interface ArrivalsQuestion {
  view: 'day' | 'life'
  municipality: string
  date: LocalDay
  due: LocalDay | ''
  birth: LocalDay | ''
  edition: string
  area: string
  /** Value of a relation, or empty for any. */
  relation: string
  channel: '' | 'line' | 'mail'
  isTwins: boolean
  isCorrected: boolean
  page: number
  /** Sentences about what could not be read. */
  mistakes: string[]
}

type SearchParams = AdminViewServerProps['searchParams']

/** Reads the question from the page's address; what cannot be read is told and left open. *Pure.* */
export function readQuestion(params: SearchParams, today: LocalDay): ArrivalsQuestion {
  const mistakes: string[] = []
  const text = (name: string) => {
    const value = params?.[name]
    return typeof value === 'string' ? value : ''
  }
  const day = (name: string): LocalDay | '' => {
    if (!text(name)) return ''
    try {
      return parseWrittenDay(text(name))
    } catch (error) {
      if (!(error instanceof StageError)) throw error
      mistakes.push(error.message)
      return ''
    }
  }
  const channel = text('channel')
  return {
    view: text('view') === 'life' ? 'life' : 'day',
    municipality: text('municipality'),
    date: day('date') || today,
    due: day('due'),
    birth: day('birth'),
    edition: text('edition'),
    area: text('area'),
    relation: isRelation(text('relation')) ? text('relation') : '',
    channel: channel === 'line' || channel === 'mail' ? channel : '',
    isTwins: text('twins') === '1',
    isCorrected: text('corrected') === '1',
    page: Math.max(1, Number.parseInt(text('page'), 10) || 1),
    mistakes,
  }
}

function isRelation(value: string): boolean {
  return OWN_RELATIONS.some((one) => one.value === value)
}

/** The address of the same question with some answers changed. *Pure.* */
export function addressOf(path: string, params: SearchParams, change: Record<string, string>) {
  const known = Object.entries(params ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  const next = new URLSearchParams({ ...Object.fromEntries(known), ...change })
  return `${path}?${next.toString()}`
}
