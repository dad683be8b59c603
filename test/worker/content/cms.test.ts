// A CMS that answers, but not as it should: every such answer is the CMS's fault, never a crash.
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterEach, expect, test } from '@jest/globals'

import { CmsError, createCms } from '../../../worker/content/cms'

let stop = async () => {}
afterEach(() => stop())

async function cmsThatAnswers(answer: (response: ServerResponse) => void) {
  const server = createServer((_request, response) => answer(response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stop = async () => {
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
  const { port } = server.address() as AddressInfo
  return createCms({ url: `http://127.0.0.1:${port}`, apiKey: 'x' })
}

const answers: [string, (response: ServerResponse) => void][] = [
  ['half of an answer', (response) => response.write('{"docs":[', () => response.destroy())],
  ['nothing', (response) => response.destroy()],
  ['an empty body', (response) => response.end()],
  ['a page for people', (response) => response.end('<html>メンテナンス中</html>')],
  ['something else', (response) => response.end('{"message":"ok"}')],
  ['null', (response) => response.end('null')],
  ['a redirection to nowhere', (response) => response.writeHead(302, { location: 'x:' }).end()],
]

test.each(answers)('%s to a question is a fault of the CMS', async (_, answer) => {
  const cms = await cmsThatAnswers(answer)
  await expect(cms.all('kizuna-series')).rejects.toBeInstanceOf(CmsError)
  await expect(cms.reportsSince('2026-10-06', 1)).rejects.toBeInstanceOf(CmsError)
  await expect(cms.releasesAfter(null).next()).rejects.toBeInstanceOf(CmsError)
})

const untaken: typeof answers = [...answers, ['a list', (response) => response.end('{"docs":[]}')]]

test.each(untaken)('%s to a report does not mean that it was taken', async (_, answer) => {
  const cms = await cmsThatAnswers(answer)
  await expect(cms.createReport({})).rejects.toBeInstanceOf(CmsError)
})

test('a CMS that is not there is named, with what to do', async () => {
  const cms = await cmsThatAnswers((response) => response.end())
  await stop()
  stop = async () => {}
  await expect(cms.all('kizuna-series')).rejects.toThrow(
    /^CMS\(http:\/\/127\.0\.0\.1:\d+\)に接続できません\(ECONNREFUSED\)。CMS が動いているか/,
  )
})

test('a report that was created was taken', async () => {
  const cms = await cmsThatAnswers((response) => response.writeHead(201).end('{}'))
  await expect(cms.createReport({})).resolves.toBeUndefined()
})
