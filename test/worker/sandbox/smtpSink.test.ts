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
