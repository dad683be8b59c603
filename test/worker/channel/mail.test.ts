import { generateKeyPairSync } from 'node:crypto'

import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { authenticate } from 'mailauth'

import type { MailChannel, MailPayload, OutgoingMail } from '../../../worker/channel/channel'
import { createMailChannel, type MailChannelOptions } from '../../../worker/channel/mail'
import type { Sandbox } from '../../../worker/sandbox/sandbox'
import { testSandbox } from '../sandbox/testSandbox'

const now = () => new Date('2026-11-23T07:00:00+09:00')
const payload: MailPayload = {
  hash: 'h',
  subject: 'お便り',
  text: '{{unsubscribeUrl}}',
  html: '',
  from: { name: 'みなと町', address: 'tayori@minato.example' },
}
const mail = (id: string, change: Partial<OutgoingMail> = {}): OutgoingMail => ({
  id,
  to: `${id}@mail.example`,
  payload,
  unsubscribeUrl: 'https://minato.example/u/1',
  myPageUrl: 'https://minato.example/me/1',
  ...change,
})

let sandbox: Sandbox
let channel: MailChannel | null
beforeEach(async () => {
  sandbox = await testSandbox({ now })
  channel = null
})
afterEach(async () => {
  await channel?.close()
  await sandbox.stop()
})

function open(change: Partial<MailChannelOptions> = {}): MailChannel {
  const options = { smtpUrl: sandbox.smtpUrl, now, maxConnections: 2, socketTimeoutMs: 500 }
  channel = createMailChannel({ ...options, ...change })
  return channel
}

test('a thousand mails over two connections all arrive, each once', async () => {
  const ids = Array.from({ length: 1000 }, (_, index) => `r${index}`)
  const receipts = await open().send(ids.map((id) => mail(id)))
  expect(receipts.every(({ status }) => status === 'accepted')).toBe(true)
  expect(sandbox.mail.accepted.map(({ to }) => to[0]).toSorted()).toEqual(
    ids.map((id) => `${id}@mail.example`).toSorted(),
  )
})

test('the same delivery has the same Message-ID, another has another', async () => {
  const sender = open()
  await sender.send([mail('a'), mail('a'), mail('b')])
  const ids = sandbox.mail.accepted.map(({ messageId }) => messageId)
  expect(new Set(ids).size).toBe(2)
  expect(ids[0]).toMatch(/^<[\w-]+@minato\.example>$/)
})

test('an address that is none is never handed to the relay', async () => {
  const receipts = await open().send([
    mail('a', { to: 'a@mail.example\r\nBcc: b@mail.example' }),
    mail('b', { unsubscribeUrl: 'https://minato.example/>\r\nX: 1' }),
    mail('b2', { myPageUrl: 'javascript:alert(1)' }),
    mail('c', { payload: { ...payload, from: { name: '', address: 'nobody' } } }),
  ])
  expect(receipts).toEqual([
    { status: 'rejected', code: 'bad-address', isAddressFault: true },
    { status: 'rejected', code: 'bad-link', isAddressFault: false },
    { status: 'rejected', code: 'bad-link', isAddressFault: false },
    { status: 'rejected', code: 'bad-sender', isAddressFault: false, stop: 'content' },
  ])
  expect(sandbox.mail.accepted).toHaveLength(0)
})

test('a signature holds for who looks, and covers what stops the list and counts complaints', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const dkim = { domainName: 'minato.example', keySelector: 's1', privateKey: pem }
  await open({ dkim }).send([mail('a', { payload: { ...payload, listId: '131016.kizuna' } })])
  const raw = sandbox.mail.rawOf(sandbox.mail.accepted[0]!).toString()
  const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const signed = await signaturesOf(raw, `v=DKIM1; k=rsa; p=${key}`)
  expect(signed).toMatchObject([
    { status: { result: 'pass', aligned: 'minato.example' }, signingDomain: 'minato.example' },
  ])
  const { keys } = (signed[0] as unknown as { signingHeaders: { keys: string } }).signingHeaders
  expect(keys.toLowerCase().split(/: */)).toEqual(
    expect.arrayContaining([
      'from',
      'to',
      'list-id',
      'list-unsubscribe',
      'list-unsubscribe-post',
      'feedback-id',
    ]),
  )
  const [changed] = await signaturesOf(raw.replace('Click', 'Clack'), `v=DKIM1; k=rsa; p=${key}`)
  expect(changed?.status.result).toBe('fail')
})

/** How an implementation that is not ours finds the signatures of a mail; asks no host. */
async function signaturesOf(raw: string, record: string) {
  const resolver = async (name: string, type: string) => {
    if (type === 'TXT' && name === 's1._domainkey.minato.example') return [[record]]
    throw Object.assign(new Error('No such name'), { code: 'ENOTFOUND' })
  }
  const { dkim } = await authenticate(raw, { ip: '127.0.0.1', helo: 'h', resolver })
  return dkim.results
}

test('a refusal comes back to the mail’s own return path, which stands in the mail too', async () => {
  const returnPath = 'bounces+abc@mail.example'
  await open().send([mail('a', { returnPath }), mail('b')])
  const [own, other] = ['a', 'b'].map((id) =>
    sandbox.mail.accepted.find(({ to }) => to[0] === `${id}@mail.example`),
  )
  expect([own?.from, other?.from]).toEqual([returnPath, 'tayori@minato.example'])
  expect(sandbox.mail.rawOf(own!).toString()).toContain(`\r\nX-Kizuna-Return: ${returnPath}\r\n`)
  expect(sandbox.mail.rawOf(other!).toString()).not.toContain('X-Kizuna-Return')
})

test('a signed mail lost after the body is unknown too', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const dkim = { domainName: 'minato.example', keySelector: 's1', privateKey: pem }
  sandbox.faults.mail.add(
    { match: '^a@', trouble: { kind: 'cutAfterBody' } },
    { match: '^b@', trouble: { kind: 'cutBeforeBody' } },
  )
  const sender = open({ dkim, maxConnections: 1 })
  expect(await sender.send([mail('a')])).toMatchObject([{ status: 'unknown' }])
  expect(await sender.send([mail('b')])).toMatchObject([{ status: 'deferred' }])
})

test('verify says whether the relay is there', async () => {
  expect(await open().verify()).toBe(true)
  await channel?.close()
  expect(await open({ smtpUrl: 'smtp://127.0.0.1:9' }).verify()).toBe(false)
})

test('a mail after the relay hung up an idle connection goes out over a new one', async () => {
  const sender = open({ maxConnections: 1 })
  await sender.send([mail('a')])
  sandbox.mail.hangUp()
  expect(await sender.send([mail('b')])).toMatchObject([{ status: 'accepted' }])
})
