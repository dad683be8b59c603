// Who may ask is in test/collections/actMatrix.ts; here what is asked, when, and what is kept.
import { expect, test } from '@jest/globals'
import type { PayloadRequest } from 'payload'

import { askSenderCheck, findSenderCheck } from '../../../src/municipality/senderCheck'
import type { Sending } from '../../../src/senderCheck/senderCheck'
import { dnsOf } from '../senderCheck/dns'

const NOTHING = dnsOf({ mx: { 'minato.example': ['mx.minato.example'] } })
const SENDING: Omit<Sending, 'domain' | 'dkim'> = {
  returnDomain: 'minato.example',
  relay: null,
  publicUrl: 'https://kizuna.example',
}

/** A town whose sender may change, a clock, and a DNS that counts whom it was asked about. */
function open(mailFrom: string | null = 'kosodate@minato.example') {
  const kept = new Map<string, unknown>()
  const town = { id: 't1', name: 'みなと町', mailFrom }
  const asked: string[] = []
  const clock = { now: new Date('2026-12-01T05:00:00Z') }
  const request = () => {
    const findByID = async ({ id }: { id: string }) => (id === town.id ? town : null)
    const kv = {
      get: async (key: string) => kept.get(key) ?? null,
      set: async (key: string, value: unknown) => void kept.set(key, value),
    }
    return { payload: { findByID, kv } } as unknown as PayloadRequest
  }
  const sendingOf = (domain: string, selector?: string): Sending => {
    asked.push([domain, selector].filter(Boolean).join(' '))
    return { ...SENDING, domain, dkim: selector ? { domain, selector, key: null } : null }
  }
  const senderCheck = { sendingOf, resolver: NOTHING }
  const ask = (selector: string | null = null, id = 't1') =>
    askSenderCheck(request(), { id, selector }, { now: () => clock.now, senderCheck })
  return { ask, find: () => findSenderCheck(request(), 't1'), asked, clock, town, request }
}

test('nothing is asked to look at what is known; a press asks, and keeps the answer with its time', async () => {
  const { ask, find, asked } = open()
  expect(await find()).toBeNull()
  expect(asked).toEqual([])
  const check = await ask('s1')
  expect(check).toMatchObject({
    at: '2026-12-01T05:00:00.000Z',
    domain: 'minato.example',
    selector: 's1',
  })
  expect(check.findings.filter(({ state }) => state === 'wrong').map((one) => one.check)).toEqual([
    'SPF',
    'DKIM',
    'DMARC',
  ])
  expect(await find()).toEqual(check)
  expect(asked).toEqual(['minato.example s1'])
})

test('presses within half a minute are one question; later, or of another key, it is a new one', async () => {
  const { ask, asked, clock } = open()
  await Promise.all([await ask(), await ask()])
  expect(asked).toHaveLength(1)
  await ask('s2')
  clock.now = new Date(clock.now.getTime() + 30_000)
  await ask('s2')
  expect(asked).toEqual(['minato.example', 'minato.example s2', 'minato.example s2'])
})

test('what was found of a former sender is not shown as that of the new one', async () => {
  const { ask, find, town } = open()
  await ask()
  town.mailFrom = 'kosodate@other.example'
  expect(await find()).toBeNull()
})

test.each([
  { what: 'a town that is not there, or not theirs', id: 't2', words: '自治体が見つからないか' },
  { what: 'a town without a sender', sender: null, words: '差出アドレスがまだ保存されていません' },
])('$what: nobody is asked', async ({ sender, id, words }) => {
  const { ask, asked } = open(sender)
  await expect(ask(null, id)).rejects.toThrow(words)
  expect(asked).toEqual([])
})

test('where this CMS does not know how mails go out, it says who can look', async () => {
  const { request, clock } = open()
  const asking = { now: () => clock.now, senderCheck: null }
  const asked = askSenderCheck(request(), { id: 't1', selector: null }, asking)
  await expect(asked).rejects.toThrow('kizuna mail check 差出アドレス')
})
