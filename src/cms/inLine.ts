import { httpRefusal } from './endpoint'

interface Line {
  last: Promise<unknown>
  length: number
}

const lines = new Map<string, Line>()

/** So much of one person's work stands in line; who asks for more is told to wait. */
export const MAX_IN_LINE = 3

/**
 * Does a person's heavy work one piece after the other, so that many windows of one person take no
 * more of the machine than one.
 *
 * @throws APIError 429 with a sentence when {@link MAX_IN_LINE} pieces are under way already.
 */
export async function inLine<T>(person: string, work: () => Promise<T>): Promise<T> {
  const line = lines.get(person) ?? { last: Promise.resolve(), length: 0 }
  if (line.length >= MAX_IN_LINE) throw httpRefusal(BUSY, 429)
  lines.set(person, line)
  line.length += 1
  const mine = line.last.then(work)
  line.last = mine.catch(() => undefined)
  try {
    return await mine
  } finally {
    line.length -= 1
    if (line.length === 0) lines.delete(person)
  }
}

const BUSY =
  'あなたの別の画面か、前に押した操作の処理が、まだ続いています。少し待って、もう一度お試しください。'
