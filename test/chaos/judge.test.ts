// The control of what the oracle excuses: no more than the product's promises name.
import { expect, test } from '@jest/globals'

import { copiesOf, type Taken } from './copies'
import type { Disturbance } from './dataSet'
import type { AddressKind, Expected, Quiet } from './families'
import type { LedgerEntry } from './invariants'
import { doublesOf, lostOf, sentAfterStopOf, unexplainedOf, type Evident } from './judge'

const DAY: Disturbance = { seed: 1, workers: 1 }
const EVENING: Disturbance = { ...DAY, startAt: '2026-10-06T19:54:30+09:00' }

function expected(id: string, changed: Partial<Expected> = {}): Expected {
  return { id, channel: 'line', address: `U-${id[0]}`, kind: 'plain', isForeign: false, ...changed }
}

function entry(id: string, changed: Partial<LedgerEntry> = {}): LedgerEntry {
  return { id, channel: 'line', batch: 'one', status: 'accepted', ...changed }
}

interface Told {
  of?: Expected[]
  possible?: Expected[]
  ledger?: LedgerEntry[]
  freed?: string[]
  stopped?: [string, number][]
  copies?: string[]
  cutMails?: number
  quiet?: Quiet[]
  aged?: string[]
}

function evident({ of = [], possible = [], ledger = [], ...rest }: Told): Evident {
  const { freed = [], stopped = [], copies = [], cutMails = 0, quiet = [], aged = [] } = rest
  const families = { readers: [], children: [], expected: of, possible }
  return {
    families: { ...families, freed: new Set(freed), stopped: new Map(stopped), quiet },
    ledger,
    cutMails,
    aged: new Set(aged),
    copies: copies.map((id) => ({ id, at: 5 })),
  }
}

const HANAKO = '花:子:8w1d'
const JIRO = '次:子:8w1d'
const open = { status: 'unknown', code: 'not-repeated' } as const

test('a LINE call that a change ended excuses those of the same call, nobody else', () => {
  const ledger = [entry(HANAKO, open), entry(JIRO, open)]
  const apart = [entry(HANAKO, open), entry(JIRO, { ...open, batch: 'other' })]
  const freed = [HANAKO]
  expect(unexplainedOf(evident({ ledger, freed }), DAY)).toEqual([])
  expect(unexplainedOf(evident({ ledger: apart, freed }), DAY)).toEqual([
    `${JIRO}: unknown by line (not-repeated)`,
  ])
  expect(unexplainedOf(evident({ ledger }), DAY)).toHaveLength(2)
})

test('a LINE call without an answer is explained by a change or by the end of the hours only', () => {
  const ledger = [entry(HANAKO, { status: 'unknown', code: 'line-500' })]
  expect(unexplainedOf(evident({ ledger, freed: [HANAKO] }), DAY)).toHaveLength(1)
  expect(unexplainedOf(evident({ ledger }), EVENING)).toEqual([])
})

test.each<[AddressKind, string, number]>([
  ['plain', 'crash', 0],
  ['plain', 'smtp-cut', 1],
  ['taken', 'smtp-cut', 0],
  ['lost', 'smtp-cut', 0],
  ['soft', 'smtp-cut', 1],
])('a mail to a %s address, unknown by %s', (kind, code, count) => {
  const of = [expected(HANAKO, { channel: 'mail', kind })]
  const ledger = [entry(HANAKO, { channel: 'mail', status: 'unknown', code })]
  expect(unexplainedOf(evident({ of, ledger }), DAY)).toHaveLength(count)
})

test('each connection that is cut explains one mail', () => {
  const mail = { channel: 'mail', status: 'unknown', code: 'smtp-cut' } as const
  const ledger = [entry(HANAKO, mail), entry(JIRO, mail)]
  expect(unexplainedOf(evident({ ledger, cutMails: 2 }), DAY)).toEqual([])
  expect(unexplainedOf(evident({ ledger, cutMails: 1 }), DAY)).toHaveLength(1)
})

test('a text that nobody took is lost, unless somebody took it back or it is listed', () => {
  const of = [expected(HANAKO), expected(JIRO, { kind: 'soft' })]
  const refused = [entry(HANAKO, { status: 'rejected' }), entry(JIRO, { status: 'expired' })]
  expect(lostOf(evident({ of }), DAY)).toEqual([HANAKO, JIRO])
  expect(lostOf(evident({ of, ledger: refused }), DAY)).toEqual([HANAKO, JIRO])
  expect(lostOf(evident({ of, ledger: refused }), EVENING)).toEqual([HANAKO])
  expect(lostOf(evident({ of, freed: [HANAKO], copies: [JIRO] }), DAY)).toEqual([])
  expect(lostOf(evident({ of, ledger: [entry(HANAKO, open)], copies: [JIRO] }), DAY)).toEqual([])
})

test('a text that was taken after its stop is a breach; what was taken before is not', () => {
  const told = { copies: [HANAKO] }
  expect(sentAfterStopOf(evident({ ...told, stopped: [[HANAKO, 4]] }), DAY)).toHaveLength(1)
  expect(sentAfterStopOf(evident({ ...told, stopped: [[HANAKO, 6]] }), DAY)).toEqual([])
})

const taken: Taken = { channel: 'line', address: 'U-花', slot: '8w1d', pair: null, at: 5 }
const twins = { of: expected(HANAKO), other: expected('花:妹:8w1d') }

test('one text for two children of a reader is that of the one the ledger says was sent', () => {
  const families = { expected: [twins.of], possible: [twins.other] }
  const of = (ledger: LedgerEntry[]) => copiesOf([taken], { families, pairs: [], ledger })
  expect(of([entry(HANAKO)])).toEqual([{ id: HANAKO, at: 5 }])
  expect(of([entry(HANAKO, { status: 'excluded' }), entry(twins.other.id)])).toEqual([
    { id: twins.other.id, at: 5 },
  ])
})

test('two of them are two copies of one text, whatever the ledger says', () => {
  const families = { expected: [twins.of], possible: [twins.other] }
  const ledger = [entry(HANAKO), entry(twins.other.id)]
  const copies = copiesOf([taken, taken], { families, pairs: [], ledger })
  expect(doublesOf({ ...evident({}), copies })).toEqual([HANAKO])
})

test('nor may a second child of the same reader get the same text again', () => {
  const copies = [HANAKO, '花:妹:8w1d', JIRO]
  expect(doublesOf(evident({ copies }))).toEqual(['花:妹:8w1d'])
})

test('a mail to another address than its reader’s is nobody’s', () => {
  const mail: Taken = { ...taken, channel: 'mail', address: 'x@family.example', pair: '1:1' }
  const pairs = [{ _id: '1:1', municipality: '1', reader: '花', child: '子' }]
  const families = { expected: [expected(HANAKO, { channel: 'mail' })], possible: [] }
  const [copy] = copiesOf([mail], { families, pairs, ledger: [] })
  expect(copy?.id).toBe(`${HANAKO} to x@family.example`)
})

test('what goes out in a pause is told, what goes out before and after it is not', () => {
  const quiet = (from: number, to: number) => [{ isMeant: (id: string) => id === HANAKO, from, to }]
  const of = (times: Quiet[]) =>
    sentAfterStopOf(evident({ copies: [HANAKO, JIRO], quiet: times }), DAY)
  expect(of(quiet(4, Infinity))).toEqual([`${HANAKO}: sent in a pause or while it was withdrawn`])
  expect(of(quiet(1, 4))).toEqual([])
  expect(of(quiet(6, Infinity))).toEqual([])
})

test('a request left until its key is past 23 hours may stay unknown, none that was taken up before', () => {
  const ledger = [entry(HANAKO, open)]
  const old = evident({ ledger, aged: ['one'] })
  expect(unexplainedOf(old, { ...DAY, keyAge: '23:01' })).toEqual([])
  expect(unexplainedOf(old, { ...DAY, keyAge: '22:59' })).toHaveLength(1)
  expect(unexplainedOf(evident({ ledger }), { ...DAY, keyAge: '23:01' })).toHaveLength(1)
})
