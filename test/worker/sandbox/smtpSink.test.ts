import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import type { Sandbox } from '../../../worker/sandbox/sandbox'
import { testSandbox } from './testSandbox'

let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await testSandbox()
})
afterEach(() => sandbox.stop())

async function say(socket: Socket, line: string): Promise<string> {
  socket.write(`${line}\r\n`)
  const [answer] = (await once(socket, 'data')) as [Buffer]
  return answer.toString()
}

async function handOver(): Promise<Socket> {
  const client = connect(Number(new URL(sandbox.smtpUrl).port), '127.0.0.1')
  await once(client, 'data')
  await say(client, 'HELO worker')
  await say(client, 'MAIL FROM:<tayori@minato.example>')
  await say(client, 'RCPT TO:<aoi@mail.example>')
  expect(await say(client, 'DATA')).toMatch(/^354/)
  return client
}

test('a slow relay has the mail at once and says so late, unless it is stopped before', async () => {
  for (const ms of [300, 3_600_000]) {
    sandbox.faults.mail.add({ trouble: { kind: 'slow', ms } })
    const client = await handOver()
    const taken = sandbox.mail.accepted.length + 1
    const asked = performance.now()
    const answer = once(client, 'data') as Promise<[Buffer]>
    client.write('Subject: late\r\n\r\nGood morning.\r\n.\r\n')
    await sandbox.until(() => sandbox.mail.accepted.length === taken)
    if (ms > 300) return void client.destroy() // `afterEach` stops the sandbox
    expect(String((await answer)[0])).toMatch(/^250/)
    expect(performance.now() - asked).toBeGreaterThanOrEqual(300)
    client.destroy()
  }
})

test('a client that dies in the middle of a body leaves nothing, and the sink goes on', async () => {
  const client = await handOver()
  client.write('Subject: half a ma')
  const closed = once(client, 'close')
  client.destroy()
  await closed
  const next = connect(Number(new URL(sandbox.smtpUrl).port), '127.0.0.1')
  await once(next, 'data')
  expect(await say(next, 'HELO again')).toMatch(/^250/)
  next.destroy()
  expect(sandbox.mail.accepted).toEqual([])
})

test.each([
  ['before it greets', { at: 'connect', trouble: { kind: 'cutAtConnect' } }, ''],
  ['at the sender', { at: 'mail', trouble: { kind: 'cutAtMail' } }, '220250'],
  ['at the recipient', { trouble: { kind: 'cutBeforeBody' } }, '220250250'],
  ['in the body', { trouble: { kind: 'cutInBody' } }, '220250250250354'],
] as const)('a relay may hang up %s: nothing is taken', async (_when, fault, heard) => {
  sandbox.faults.mail.add(fault)
  expect(await talk()).toBe(heard)
  expect(sandbox.mail.accepted).toEqual([])
  expect(await talk()).toBe('220250250250354250')
})

test('a relay may never greet, and greets the next one', async () => {
  sandbox.faults.mail.add({ at: 'connect', trouble: { kind: 'mute' } })
  const client = connect(Number(new URL(sandbox.smtpUrl).port), '127.0.0.1')
  await once(client, 'connect')
  expect(await talk()).toBe('220250250250354250')
  expect(client.bytesRead).toBe(0)
  client.destroy()
})

/** The codes a client hears until the relay hangs up or has taken its mail. */
async function talk(): Promise<string> {
  const said = ['HELO w', 'MAIL FROM:<t@minato.example>', 'RCPT TO:<a@mail.example>', 'DATA']
  const lines = [...said, 'Subject: s\r\n\r\nb\r\n.']
  const client = connect(Number(new URL(sandbox.smtpUrl).port), '127.0.0.1')
  let heard = ''
  client.on('error', () => undefined)
  for await (const answer of client) {
    heard += String(answer).slice(0, 3)
    const line = lines.shift()
    if (line === undefined) break
    client.write(`${line}\r\n`)
  }
  return heard
}
