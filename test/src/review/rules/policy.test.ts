import { describe, expect, test } from '@jest/globals'

import { needsOf, parsePolicy, policyHash, PolicyError } from '../../../../src/review/rules/policy'
import type { ReviewPolicyInput } from '../../../../src/review/rules/policy'

const policy = parsePolicy()

test.each([
  ['a text without a topic', 'manuscript', [], { chief: 1 }],
  ['pregnancy', 'manuscript', ['pregnancy'], { midwifery: 1, chief: 1 }],
  ['nutrition needs two', 'manuscript', ['nutrition'], { nutrition: 2, chief: 1 }],
  ['teeth need two', 'manuscript', ['dental'], { dental: 2, chief: 1 }],
  ['topics add up', 'manuscript', ['nutrition', 'health'], { nutrition: 2, medical: 1, chief: 1 }],
  ['one discipline of two topics', 'manuscript', ['health', 'safety'], { medical: 1, chief: 1 }],
  ['an add-on', 'addOn', ['book'], { municipality: 1, chief: 1 }],
  ['an unknown topic', 'manuscript', ['gone'], { chief: 1 }],
] as const)('%s', (...[, type, topics, expected]) => {
  const needs = needsOf(policy, { type, topics })
  const found = Object.fromEntries(needs.map(({ discipline, quorum }) => [discipline, quorum]))
  expect(found).toEqual(expected)
})

test('the hash depends on the needs, not on their order', () => {
  const [a, b] = [
    { discipline: 'medical', quorum: 1 },
    { discipline: 'chief', quorum: 1 },
  ]
  expect(policyHash([a!, b!])).toBe(policyHash([b!, a!]))
  expect(policyHash([a!, b!])).not.toBe(policyHash([a!, { ...b!, quorum: 2 }]))
})

test('a stricter rule for one topic changes the needs of that topic only', () => {
  const topics = policy.topics.map((topic) =>
    topic.code === 'health' ? { ...topic, needs: [{ discipline: 'medical', quorum: 2 }] } : topic,
  )
  const stricter = parsePolicy({ topics })
  const hash = (rules: typeof policy, code: string) =>
    policyHash(needsOf(rules, { type: 'manuscript', topics: [code] }))
  expect(hash(stricter, 'health')).not.toBe(hash(policy, 'health'))
  expect(hash(stricter, 'safety')).toBe(hash(policy, 'safety'))
})

describe('a wrong policy is refused with its place', () => {
  test.each<[string, ReviewPolicyInput, RegExp]>([
    ['no chief', { chiefs: 0 }, /policy\.chiefs/],
    ['half a person', { municipalApprovers: 1.5 }, /policy\.municipalApprovers/],
    ['an unknown option', { quorum: 2 } as never, /quorum/],
    [
      'a topic twice',
      { topics: [topic('a'), topic('a')] },
      /policy\.topics: the code "a" is there twice/,
    ],
    [
      'an unknown discipline',
      { topics: [{ ...topic('a'), needs: [{ discipline: 'magic' }] }] },
      /"magic", which is none of the disciplines/,
    ],
    [
      'a reserved discipline',
      { disciplines: [topic('chief')] },
      /"chief" has a meaning of its own/,
    ],
  ])('%s', (_label, input, sentence) => {
    expect(() => parsePolicy({ topics: [], ...input })).toThrow(PolicyError)
    expect(() => parsePolicy({ topics: [], ...input })).toThrow(sentence)
  })
})

function topic(code: string) {
  return { code, label: code }
}
