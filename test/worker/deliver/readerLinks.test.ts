import { expect, test } from '@jest/globals'
import { simpleParser } from 'mailparser'

import { addDays } from '../../../src/stage/day'
import { forcedRequest } from '../../../worker/runs/due'
import { createLinks } from '../../../worker/web/link'
import { childTexts, TODAY, TOWN } from '../../src/plan/town'
import { mailUser, openWorker, register, type WorkerUnderTest } from '../app/openWorker'

let worker: WorkerUnderTest

const MY_PAGE = 'https://web\\.example/text/([\\w.-]+)'

test('every mail leads its own reader, and nobody else, to the way to the page where a birth is told', async () => {
  worker = await openWorker({ releases: childTexts() })
  const { delivery, clock, sandbox } = worker
  const child = { birthDate: addDays(TODAY, -45) }
  const readers = new Map<string, string>()
  for (const at of [1, 2]) {
    const address = mailUser(at)
    readers.set(address.address, (await register(delivery, { address, child })).readerId)
  }
  await delivery.runs.requestAgain(forcedRequest(TOWN, TODAY, clock.now))
  await delivery.worker.work(`${TOWN}:${TODAY}`, () => false)

  const links = createLinks({ ring: delivery.ring, publicUrl: '', now: () => clock.now })
  expect(sandbox.mail.accepted).toHaveLength(2)
  for (const mail of sandbox.mail.accepted) {
    const { text, html } = await simpleParser(sandbox.mail.rawOf(mail), { skipTextToHtml: true })
    const readerId = readers.get(mail.to[0]!)
    const inText = new RegExp(`登録の内容を見る・変える\n${MY_PAGE}\n`).exec(text ?? '')
    const inHtml = new RegExp(`href="${MY_PAGE}"`).exec(html || '')
    expect(links.openTextLink(inText![1]!)).toEqual({ readerId, town: TOWN })
    expect(links.openTextLink(inHtml![1]!)).toEqual({ readerId, town: TOWN })
  }
})
