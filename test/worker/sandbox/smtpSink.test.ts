import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import type { Sandbox } from '../../../worker/sandbox/sandbox'
import { testSandbox } from '../../conformance/sandbox'

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

test('a client that dies in the middle of a body leaves nothing, and the sink goes on', async () => {
  const client = connect(Number(new URL(sandbox.smtpUrl).port), '127.0.0.1')
  await once(client, 'data')
  await say(client, 'HELO worker')
  await say(client, 'MAIL FROM:<tayori@minato.example>')
  await say(client, 'RCPT TO:<aoi@mail.example>')
  expect(await say(client, 'DATA')).toMatch(/^354/)
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
