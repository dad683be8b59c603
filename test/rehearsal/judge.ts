// What has to be true after a rehearsal, whatever was killed: by the logs of the stand-ins alone.
import { localDayOf, type LocalDay } from '../../src/stage/day'
import { simpleParser } from 'mailparser'
import type { Sandbox } from '../../worker/sandbox/sandbox'
import type { Person } from './people'

/** One text or letter that a provider took for somebody. */
export interface Copy {
  person: Person
  day: LocalDay
  by: 'old' | 'new'
  kind: 'text' | 'letter'
  /** All of its words. */
  said: string
}

/** Everything that was taken for these people, by what the stand-ins have logged. */
export async function copiesOf(sandbox: Sandbox, people: readonly Person[]): Promise<Copy[]> {
  const whose = new Map<string, Pick<Copy, 'person' | 'by'>>()
  for (const person of people) {
    whose.set(person.old.address, { person, by: 'old' })
    if (person.fresh) whose.set(person.fresh, { person, by: 'new' })
  }
  const copies: Copy[] = []
  const add = (address: string, { at, said }: { at: number; said: string }) => {
    const of = whose.get(address)
    const kind = kindOf(said)
    if (of && kind) copies.push({ ...of, kind, said, day: localDayOf(new Date(at)) })
  }
  for (const call of sandbox.line.accepted()) {
    if (call.endpoint === 'reply') continue
    const said = JSON.stringify(sandbox.line.messagesOf(call))
    for (const address of call.to) add(address, { at: call.at, said })
  }
  for (const mail of sandbox.mail.accepted) {
    const { text = '' } = await simpleParser(sandbox.mail.rawOf(mail))
    for (const address of [mail.to].flat()) add(address, { at: mail.at, said: text })
  }
  return copies
}

/** Letters and texts of the town have these words; notes about a changed contact are neither. */
function kindOf(said: string): Copy['kind'] | null {
  // a mail of the overlap offers LINE at its end, too
  if (/day\d+ の文です/.test(said)) return 'text'
  return /アカウントが 新|アカウントが新しく|LINE でも受け取れる|LINEでも もらう/.test(said)
    ? 'letter'
    : null
}

/**
 * Who got more than one of a kind on a day; nobody may. Whoever has two registrations, of which each
 * knows nothing of the other, may have one from each account, until they have said that both are one.
 */
export function doublesIn(copies: readonly Copy[], dayAt: (at: number) => LocalDay): string[] {
  const seen = new Map<string, number>()
  for (const { person, day, kind, by } of copies) {
    const whose = isTwo(person, day, dayAt) ? ` ${by}` : ''
    const key = `${person.habit} ${person.readerId} ${day} ${kind}${whose}`
    seen.set(key, (seen.get(key) ?? 0) + 1)
  }
  return [...seen].filter(([, count]) => count > 1).map(([key]) => key)
}

/** Whether somebody had two registrations when the texts of a day went out. */
function isTwo({ habit, on, isEarly }: Person, day: LocalDay, dayAt: (at: number) => LocalDay) {
  if (habit === 'registersOnly') return day >= dayAt(on)
  const joined = dayAt(on + 1)
  const isBefore = isEarly ? day < joined : day <= joined
  return habit === 'registersThenLinks' && day >= dayAt(on) && isBefore
}

/** Those who do nothing that ends their texts have one on each day; who has not, and on which. */
export function missedIn(
  copies: readonly Copy[],
  people: readonly Person[],
  days: readonly LocalDay[],
): string[] {
  const got = new Set(
    copies
      .filter(({ kind }) => kind === 'text')
      .map(({ person, day }) => `${person.readerId} ${day}`),
  )
  const goOn = people.filter(({ habit }) => !ENDING.has(habit))
  return goOn.flatMap(({ habit, readerId }) =>
    days
      .filter((day) => !got.has(`${readerId} ${day}`))
      .map((day) => `${habit} ${readerId} ${day}`),
  )
}

const ENDING = new Set<Person['habit']>([
  'blocks',
  'linksThenBlocks',
  'stops',
  'linksThenStops',
  'loses',
  'losesAfterLinking',
])
