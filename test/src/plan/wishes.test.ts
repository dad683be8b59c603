import { expect, test } from '@jest/globals'

import { isDiscreet, writtenWishes, type Wishes } from '../../../src/plan/wishes'
import type { Anchors } from '../../../src/stage/due'
import { addDays } from '../../../src/stage/day'
import { createProgram } from '../../../src/plan/program'
import { planReader } from '../../../src/plan/reader'
import { createRenderer } from '../../../src/plan/render'
import { liveContent } from '../../../src/release/live'
import { SAMPLE_PLACES } from '../../../src/release/quietRow'
import { child, hanako } from './readerTables'
import { childTexts, pregnancyTexts, settings, TODAY } from './town'

const at = (week: number, day = 0): Anchors => ({ dueDate: addDays(TODAY, 280 - week * 7 - day) })
const born = { birthDate: addDays(TODAY, -45) }

test.each<{ given: string; wishes?: Wishes; anchors: Anchors; is: boolean }>([
  { given: 'at 11w6d nobody was asked', anchors: at(11, 6), is: true },
  { given: 'at 12w0d nobody was asked', anchors: at(12), is: false },
  { given: 'after the birth nobody was asked', anchors: born, is: false },
  { given: 'born at what would be 11w6d', anchors: { ...at(11, 6), ...born }, is: false },
  {
    given: 'at 8w0d somebody wants to see it',
    wishes: { discreet: false },
    anchors: at(8),
    is: false,
  },
  {
    given: 'at 30w0d somebody wants it hidden',
    wishes: { discreet: true },
    anchors: at(30),
    is: true,
  },
  { given: 'after the birth, hidden', wishes: { discreet: true }, anchors: born, is: true },
  { given: 'at 8w0d other things were wished', wishes: {}, anchors: at(8), is: true },
])('$given: discreet is $is', ({ wishes, anchors, is }) => {
  expect(isDiscreet(wishes, anchors, TODAY)).toBe(is)
})

test('wishes that come to the same are written the same', () => {
  expect(writtenWishes()).toBeNull()
  expect(writtenWishes({})).toBeNull()
  expect(writtenWishes({ discreet: false })).toEqual({ discreet: false })
  expect(writtenWishes({ declined: [] })).toBeNull()
  const either = { declined: ['books', 'newYear'] as const }
  const other = { declined: ['newYear', 'books'] as const }
  expect(writtenWishes(either)).toEqual(writtenWishes(other))
})

const program = createProgram({
  settings: settings(),
  content: liveContent([...pregnancyTexts(), ...childTexts()]),
  date: TODAY,
})

test('of a family with a pregnancy and a child only the pregnancy is kept off the screen', () => {
  const children = [child('1', at(8)), child('2', born)]
  const { deliveries } = planReader({ program, member: hanako(children), delivered: new Map() })
  expect(deliveries.map(({ slot, isDiscreet: is }) => [slot, is])).toEqual([
    ['8w0d', true],
    ['day45', false],
  ])
})

test('a greeting alone is as discreet as the texts that follow', () => {
  const early = { program, member: hanako([child('1', at(3))]), isWelcome: true }
  const { deliveries } = planReader({ ...early, delivered: new Map() })
  expect(deliveries).toMatchObject([{ slot: 'welcome', isDiscreet: true }])
})

test('the same text is another payload for who must not be shown it, made of the same contents', () => {
  const render = createRenderer({ settings: settings(), places: SAMPLE_PLACES })
  const payloadOf = (discreet: boolean) => {
    const member = hanako([child('1', at(20))], { wishes: { discreet } })
    const [delivery] = planReader({ program, member, delivered: new Map() }).deliveries
    const outcome = render(delivery!)
    if (!outcome.isRendered || !outcome.payload) throw new Error('not rendered')
    return outcome.payload
  }
  const [shown, hidden] = [payloadOf(false), payloadOf(true)]
  expect(hidden.hash).not.toBe(shown.hash)
  expect(hidden.contentHashes).toEqual(shown.contentHashes)
  expect(hidden.releaseKeys).toEqual(shown.releaseKeys)
})

test('who reads easy words is greeted in them', () => {
  const render = createRenderer({ settings: settings(), places: SAMPLE_PLACES })
  const textOf = (edition: string) => {
    const member = hanako([child('1', at(20))], { preferences: { edition, area: null } })
    const greeted = planReader({ program, member, isWelcome: true, delivered: new Map() })
    const outcome = render(greeted.deliveries.find(({ isWelcome }) => isWelcome)!)
    return JSON.stringify(outcome)
  }
  expect(textOf('standard')).toContain('ご登録ありがとうございます')
  expect(textOf('easy')).toContain('登録(とうろく)を ありがとうございます')
})
