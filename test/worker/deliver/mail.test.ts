import { expect, test } from '@jest/globals'

import type { OutgoingMail, Receipt } from '../../../worker/channel/channel'
import { createDomainPace, type DomainLimits } from '../../../worker/channel/domainPace'
import { createLastLook } from '../../../worker/deliver/lastLook'
import { createMailPageSender, type MailPage, type MailsBehind } from '../../../worker/deliver/mail'
import { createPauses } from '../../../worker/deliver/pause'
import { settings } from '../../src/plan/town'
import { NO_HALTS } from './noHalts'

const CONNECTIONS = 4

const NOW = new Date('2026-10-06T03:00:00Z')
const opensAt = { mail: new Date('2026-10-06T00:00:00Z') }
const closesAt = { mail: new Date('2026-10-06T11:00:00Z') }

const NO_LIMITS: DomainLimits = { perSecond: Infinity, atOnce: Infinity }

/** Nobody is changed meanwhile. */
const changes = { last: async () => 0, since: async () => [] }

/** A page of one batch with so many mails. */
function page(name: string, count: number, domains = ['family.example']): MailPage {
  const ids = Array.from({ length: count }, (_, at) => `${name}${at}:child:24w3d`)
  const batch = { _id: name, channel: 'mail', tries: 0, recipients: ids }
  const mail = { subject: '', text: '', html: '' }
  const payload = { _id: 'hash', channel: 'mail', mail, releaseKeys: ['manuscript:1'] }
  const to = ids.map((id, at) => {
    const address = `${name}@${domains[at % domains.length]}`
    return { id, reader: name, address }
  })
  return {
    claim: { epoch: 1, run: { _id: name, date: '2026-10-06', opensAt, closesAt } },
    ready: [{ batch, payload, to, left: [], checkedWith: 0 }],
    settings: settings(),
    closesAt: closesAt.mail,
    isStopping: () => false,
  } as unknown as MailPage
}

interface SenderUnderTest {
  /** Called with the number of mails that were handed over so far. */
  onSent?: (count: number) => void
  /** What the only release of the texts is now. */
  action?: () => 'publish' | 'withdraw'
  /** Called before each mark; may throw. */
  onMark?: (ids: string[]) => void
  /** How fast a domain is sent mails. */
  limits?: DomainLimits
}

/** A sender whose marks are counted, as the database would know them after a crash. */
function openSender(how: SenderUnderTest = {}) {
  const { onSent, onMark, action = () => 'publish', limits = NO_LIMITS } = how
  let sent = 0
  const inFlight = new Set<string>()
  const most = { inFlight: 0 }
  const returnPaths: (string | undefined)[] = []
  const sentTo: string[] = []
  const clock = { now: 0 }
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const store = {
    settleAndMark: async (_claim: unknown, outcomes: { id: string }[], ids: string[]) => {
      await turn()
      onMark?.(ids)
      for (const { id } of outcomes) inFlight.delete(id)
      for (const id of ids) inFlight.add(id)
      most.inFlight = Math.max(most.inFlight, inFlight.size)
      return ids
    },
  }
  const channel = {
    maxConnections: CONNECTIONS,
    send: async (mails: OutgoingMail[]): Promise<Receipt[]> => {
      await turn()
      sentTo.push(...mails.map(({ to }) => to.slice(to.indexOf('@') + 1)))
      returnPaths.push(...mails.map(({ returnPath }) => returnPath))
      sent += mails.length
      onSent?.(sent)
      return mails.map(() => ({ status: 'accepted' }))
    },
  }
  const releases = () => ({ latest: () => ({ action: action() }) })
  const now = () => NOW
  const lastLook = createLastLook({ municipality: settings().code }, {
    changes,
    syncedContent: { refresh: async () => undefined, settings, releases },
    halts: NO_HALTS,
    now,
  } as unknown as Parameters<typeof createLastLook>[1])
  const sender = createMailPageSender({
    channel,
    store,
    now,
    linksOf: () => ({}),
    returnPathOf: ({ recipient, town, date }: ReturnOf) =>
      recipient.reader === 'lost' ? null : `${recipient.reader}+${town}+${date}`,
    onAddressFault: async () => undefined,
    onAlert: () => undefined,
    pauses: createPauses({ now }),
    domainPace: createDomainPace({ limits, now: () => clock.now }),
  } as unknown as Parameters<typeof createMailPageSender>[0])
  const pass = (one: MailPage, behind: MailsBehind | null = null) =>
    sender.send({ ...one, lastLook }, behind)
  const send = async (one: MailPage) => (await pass(one)).outcomes
  const putOff = (one: MailPage, behind: MailsBehind) => sender.putOff({ ...one, lastLook }, behind)
  return { send, pass, putOff, clock, sentTo, most, inFlight, returnPaths, sent: () => sent }
}

type ReturnOf = { recipient: { reader: string }; town: string; date: string }

test('each mail names its recipient, town and day as the place where a refusal comes back', async () => {
  const { send, returnPaths } = openSender()
  await Promise.all([send(page('a', 1)), send(page('lost', 1))])
  const expected = [`a+${settings().code}+2026-10-06`, undefined]
  expect(returnPaths).toEqual(expect.arrayContaining(expected))
})

test('several runs at once have no more mails in flight than there are connections', async () => {
  const { send, most } = openSender()
  const outcomes = await Promise.all([send(page('a', 9)), send(page('b', 7)), send(page('c', 1))])
  expect(outcomes.flat().map(({ id, set }) => [id, set.state])).toEqual([
    ['a', 'settled'],
    ['b', 'settled'],
    ['c', 'settled'],
  ])
  expect(most.inFlight).toBe(CONNECTIONS)
})

test('a text that is withdrawn while its page is on the wire goes to nobody who is not on it yet', async () => {
  let action: 'publish' | 'withdraw' = 'publish'
  const onSent = () => (action = 'withdraw')
  const { send, sent } = openSender({ onSent, action: () => action })
  const [outcome] = await send(page('a', 40))
  expect(sent()).toBeLessThanOrEqual(CONNECTIONS)
  expect(outcome).toMatchObject({ id: 'a', set: { state: 'deferred', code: 'mail-held-back' } })
  const { notBefore } = outcome!.set // the batch ends soon: a report waits for it
  expect(notBefore?.getTime()).toBeLessThanOrEqual(NOW.getTime() + 1000)
})

test('when a group cannot be recorded the other one is, and the page ends with nothing on the wire', async () => {
  let marks = 0
  const onMark = () => {
    marks += 1
    if (marks === 3) throw new Error('the database is gone')
  }
  const { send, sent, inFlight } = openSender({ onMark })
  await expect(send(page('a', 40))).rejects.toThrow('the database is gone')
  const before = [sent(), inFlight.size]
  expect(sent()).toBeLessThanOrEqual(2 * CONNECTIONS)
  expect(inFlight.size).toBe(CONNECTIONS / 2) // of the one group that could not be recorded
  await new Promise((resolve) => setImmediate(resolve))
  expect([sent(), inFlight.size]).toEqual(before)
})

const SLOW = 'slow.example'
const tally = (domains: string[]) => domains.filter((domain) => domain === SLOW).length

test('a domain without room is passed over: the others go at once, and it goes with the next page', async () => {
  const { pass, clock, sentTo } = openSender({ limits: { perSecond: 12, atOnce: 12 } })
  const first = await pass(page('a', 40, [SLOW, 'b.example', SLOW, 'c.example']))
  expect([tally(sentTo), sentTo.length]).toEqual([12, 32])
  expect(first.outcomes).toEqual([])
  expect(first.behind?.queue).toHaveLength(8)
  clock.now += 1000
  const second = await pass(page('d', 4, ['d.example']), first.behind)
  expect([tally(sentTo), sentTo.length]).toEqual([20, 44])
  expect(second.outcomes.map(({ id, set }) => [id, set.state])).toEqual([
    ['a', 'settled'],
    ['d', 'settled'],
  ])
  expect(second.behind).toBeNull()
})

test('what had no room for long is put off for a moment, however often', async () => {
  const { pass, putOff, sent } = openSender({ limits: { perSecond: 1, atOnce: 1 } })
  const often = page('a', 4)
  often.ready[0]!.batch.tries = 8
  const { behind } = await pass(often)
  const { outcomes } = await putOff({ ...often, ready: [] }, behind!)
  expect(sent()).toBe(1)
  expect(outcomes).toMatchObject([{ id: 'a', set: { state: 'deferred', code: 'mail-paced' } }])
  expect(outcomes[0]!.set.notBefore).toEqual(new Date(NOW.getTime() + 1000))
})

test('turns of a group that cannot be recorded are given back', async () => {
  let hasFailed = false
  const onMark = () => {
    if (hasFailed) return
    hasFailed = true
    throw new Error('the database is gone')
  }
  const { send, pass, sent } = openSender({ onMark, limits: { perSecond: 100, atOnce: 2 } })
  await expect(send(page('a', 8))).rejects.toThrow('the database is gone')
  const before = sent()
  await pass(page('b', 2))
  expect(sent()).toBe(before + 2)
})
