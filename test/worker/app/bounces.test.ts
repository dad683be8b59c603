// A mail goes out, comes back, is handed over, and nothing goes to that address any more.
import { expect, test } from '@jest/globals'

import { freePort } from '../../../src/local/port'
import { createService } from '../../../worker/app/service'
import { startWebProgram } from '../../../worker/app/webProgram'
import { childTexts } from '../../src/plan/town'
import { dsn, recipient, RETURN } from '../bounce/fixtures'
import { runIn } from '../cli/io'
import { deliver, families } from './day'
import { mailUser, openWorker, type WorkerUnderTest } from './openWorker'

const SECRET = 's'.repeat(32)
const ADDRESS = 'bounces@mail.example'
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** A town whose mails have gone out to so many families. */
async function sent(mail: number, mailbox: string | null = null) {
  const bounces = { address: ADDRESS, mailbox, secret: SECRET }
  const worker = await openWorker({ releases: childTexts(), bounces })
  await families(worker, { mail })
  await deliver(worker)
  return worker
}

/** What the server of a reader sends back: the headers it got, and that there is no such address. */
function refused({ sandbox }: WorkerUnderTest, to: string): string {
  const mail = sandbox.mail.accepted.find((one) => one.to[0] === to)
  const [headers = ''] = sandbox.mail.rawOf(mail!).toString('latin1').split('\r\n\r\n')
  return dsn({
    recipients: [recipient('5.1.1', '550 5.1.1 no such user', { address: to })],
    original: headers.replaceAll('\r\n', '\n'),
  }).replaceAll(RETURN, 'postmaster@mail.example')
}

test('a mail that comes back stops its own address and no other, and is told in the shell', async () => {
  const worker = await sent(2)
  const { delivery, clock, env } = worker
  const port = await freePort()
  const web = await startWebProgram({
    delivery,
    port,
    publicUrl: 'https://web.example',
    log: quiet,
  })
  const answer = await fetch(`http://127.0.0.1:${port}/mail/bounces`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${SECRET}`, 'Content-Type': 'message/rfc822' },
    body: refused(worker, mailUser(0).address),
  })
  await web.stop()
  expect(answer.status).toBe(204)
  clock.now = new Date(clock.now.getTime() + 15 * 60_000)
  await delivery.bounces!.work()
  const states = await Promise.all(
    [0, 1].map(async (at) => (await delivery.readers.findByIdentity(mailUser(at)))[0]?.identities),
  )
  expect(states).toMatchObject([[{ status: 'suppressed' }], [{ status: 'active' }]])

  const settings = { MAIL_BOUNCE_ADDRESS: ADDRESS, MAIL_BOUNCE_SECRET: SECRET }
  const told = await runIn({ env: { ...env, ...settings }, now: () => clock.now }, ['bounces'])
  expect(told.out.join('\n')).toMatch(/宛先がない +5\.1\.1 +1/)
  expect(told.out.join('\n')).not.toContain('@')
  const without = await runIn({ env, now: () => clock.now }, ['bounces'])
  expect([without.code, without.err.join()]).toEqual([
    1,
    expect.stringContaining('MAIL_BOUNCE_ADDRESS がない'),
  ])
})

test('what a person says of a held domain is done, and a wrong number is refused', async () => {
  const worker = await sent(11)
  const { delivery, clock, env } = worker
  for (let at = 0; at < 11; at += 1) {
    await delivery.bounces!.take({ raw: Buffer.from(refused(worker, mailUser(at).address)) })
  }
  clock.now = new Date(clock.now.getTime() + 15 * 60_000)
  await delivery.bounces!.work()
  expect(worker.alerts).toEqual([{ code: 'bounces-held', detail: { addresses: 11 } }])
  const settings = { MAIL_BOUNCE_ADDRESS: ADDRESS, MAIL_BOUNCE_SECRET: SECRET }
  const kizuna = (...args: string[]) =>
    runIn({ env: { ...env, ...settings }, now: () => clock.now }, ['bounces', ...args])
  const { code, out } = await kizuna()
  expect([code, out.at(-1)]).toEqual([1, expect.stringMatching(/の連絡先 11 件/)])
  const number = /--believe (\w+)/.exec(out.at(-1) ?? '')?.[1] ?? ''
  expect((await kizuna('--believe', 'ffffffff')).code).toBe(2)
  expect((await kizuna('--believe', number, '--drop', number)).code).toBe(2)
  expect((await kizuna('--believe', number)).out).toEqual(['連絡先 11 件への配信を止めました。'])
  expect(await delivery.db.collection('suppressions').countDocuments()).toBe(11)
})

test('a mailbox that cannot be read is told and keeps nothing else from its turn', async () => {
  const url = `imap://bounces:secret@127.0.0.1:${await freePort()}/`
  const worker = await sent(1, url)
  const { delivery, alerts } = worker
  await createService({ delivery, log: quiet, onAlert: delivery.onAlert }).tick()
  expect(alerts).toContainEqual({ code: 'bounces-unread', detail: { reason: 'ECONNREFUSED' } })
  expect(JSON.stringify(alerts)).not.toContain('secret')
})
