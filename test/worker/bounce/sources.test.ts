// One suite for both ways in which mails that came back are brought, against a real IMAP server and
// over HTTP.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { once } from 'node:events'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import express from 'express'

import { createBounceMailbox, MOST_BYTES, type TakeReturned } from '../../../worker/bounce/mailbox'
import { bounceRoutes } from '../../../worker/web/bounceRoutes'
import { isImapTested, openDovecot } from './dovecot'

const SECRET = 's'.repeat(32)
const message = (subject: string) => Buffer.from(`Subject: ${subject}\r\n\r\nお便り\r\n`)

/** A way for mails to come, of its own for each test. */
interface Source {
  give: (raw: Buffer) => Promise<void>
  /** Brings what has come and was not taken yet; ends at one that is not taken. */
  bring: (take: TakeReturned) => Promise<void>
  close: () => Promise<void>
}

let source: Source
let taken: string[]
const take: TakeReturned = async ({ raw }) => taken.push(raw.toString())
afterEach(() => source.close())

/** What holds for every way. */
function everyWay(open: () => Promise<Source>): void {
  beforeEach(async () => {
    source = await open()
    taken = []
  })

  test('every message is brought as it is, in its order, and once it is taken no more', async () => {
    await source.give(message('1'))
    await source.give(message('2'))
    await source.bring(take)
    expect(taken).toEqual([String(message('1')), String(message('2'))])
    await source.give(message('3'))
    await source.bring(take)
    expect(taken.slice(2)).toEqual([String(message('3'))])
  })

  test('what could not be taken is brought again, and what comes behind it is not lost', async () => {
    for (const subject of ['1', '2', '3']) await source.give(message(subject))
    const failing: TakeReturned = async (returned) => {
      if (String(returned.raw).includes('Subject: 2')) throw new Error('The database is away')
      await take(returned)
    }
    await source.bring(failing).catch(() => undefined)
    await source.bring(take)
    expect(taken.toSorted()).toEqual(['1', '2', '3'].map((subject) => String(message(subject))))
  })
}

describe('handed over by HTTP', () => {
  everyWay(openHook)

  test.each([
    ['without the secret', {}, 401],
    ['with another one', { Authorization: `Bearer ${SECRET}x` }, 401],
  ])('nothing is taken %s', async (_, headers, status) => {
    const { url, close } = await serve(take)
    const answer = await fetch(url, { method: 'POST', headers, body: 'Subject: x\r\n\r\n' })
    await close()
    expect([answer.status, taken]).toEqual([status, []])
  })

  test('what is empty or too long is refused, and the envelope’s recipient is handed on', async () => {
    const recipients: unknown[] = []
    const { url, close } = await serve(async ({ to }) => recipients.push(to))
    const post = (body: string) =>
      fetch(url, { method: 'POST', body, headers: { ...KNOWN, 'X-Envelope-To': 'a@b.example' } })
    expect((await post('')).status).toBe(400)
    expect((await post('x'.repeat(MOST_BYTES + 1))).status).toBe(413)
    expect((await post('x'.repeat(MOST_BYTES))).status).toBe(204)
    await close()
    expect(recipients).toEqual(['a@b.example'])
  })

  test('more than so many a minute wait', async () => {
    const { url, close } = await serve(take, { bouncesPerMinute: 1 })
    const post = () => fetch(url, { method: 'POST', headers: KNOWN, body: 'x' })
    expect([(await post()).status, (await post()).status]).toEqual([204, 429])
    await close()
  })
})

const whenInstalled = isImapTested ? describe : describe.skip
whenInstalled('read from a mailbox, on a real server (skipped without dovecot-imapd)', () => {
  let dovecot: Awaited<ReturnType<typeof openDovecot>>
  beforeAll(async () => {
    dovecot = await openDovecot()
  })
  afterAll(() => dovecot.close())

  const reading = (mostAtOnce?: number) => (given: TakeReturned) =>
    createBounceMailbox({ url: dovecot.url, take: given, ...(mostAtOnce && { mostAtOnce }) })
  const openMailbox = async (): Promise<Source> => ({
    give: dovecot.give,
    bring: async (given) => void (await reading()(given).readSome()),
    close: async () => void (await reading()(async () => undefined).readSome()),
  })
  everyWay(openMailbox)

  test('so many are read at once, the oldest first, and of a long one the beginning', async () => {
    await dovecot.give(Buffer.from(`Subject: long\r\n\r\n${'x'.repeat(2 * MOST_BYTES)}`))
    await dovecot.give(message('2'))
    await dovecot.give(message('3'))
    const { readSome } = reading(2)(take)
    expect(await readSome()).toBe(2)
    expect(taken.map((one) => one.length)).toEqual([MOST_BYTES, String(message('2')).length])
    expect(await readSome()).toBe(1)
    expect(await readSome()).toBe(0)
  })

  test('a wrong password, and a server that says nothing, end the reading', async () => {
    const wrong = dovecot.url.replace(':secret', ':other')
    await expect(createBounceMailbox({ url: wrong, take }).readSome()).rejects.toMatchObject({
      authenticationFailed: true,
    })
    const silent = createTcpServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const url = `imap://a:b@127.0.0.1:${(silent.address() as AddressInfo).port}/`
    const mailbox = createBounceMailbox({ url, take, readingMs: 50 })
    await expect(mailbox.readSome()).rejects.toMatchObject({ code: 'ETIMEDOUT' })
    silent.close()
  })
})

const KNOWN = { Authorization: `Bearer ${SECRET}` }

async function serve(given: TakeReturned, limits = {}) {
  const app = express().use(bounceRoutes({ bounces: { secret: SECRET, take: given }, limits }))
  app.use(quietly)
  const server: Server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/mail/bounces`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

// eslint-disable-next-line max-params -- Express knows error handlers by their four parameters
const quietly: express.ErrorRequestHandler = (error: { status?: number }, _1, response, _2) =>
  void response.status(error.status ?? 500).end()

/** A mail server that hands over what it has, and keeps what was not taken. */
async function openHook(): Promise<Source> {
  let given: TakeReturned = take
  const { url, close } = await serve((returned) => given(returned))
  let queue: Buffer[] = []
  return {
    give: async (raw) => void queue.push(raw),
    bring: async (to) => {
      given = to
      const kept: Buffer[] = []
      for (const raw of queue) {
        const body = new Uint8Array(raw)
        const answer = await fetch(url, { method: 'POST', headers: KNOWN, body })
        if (!answer.ok) kept.push(raw)
      }
      queue = kept
    },
    close,
  }
}
