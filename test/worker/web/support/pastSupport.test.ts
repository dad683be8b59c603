// Support texts that have come are read once more in a place of their own, which names nothing.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'

import { liveContent } from '../../../../src/release/live'
import { supporting, supportTexts } from '../../../src/plan/town'
import { registration, TARO } from '../../readers/openStore'
import { openWeb } from '../openWeb'
import { sendText } from '../texts/sentText'

let web: Awaited<ReturnType<typeof openWeb>>
let mother: { readerId: string; childId: string }

beforeAll(async () => {
  web = await openWeb({ towns: [supporting({ areas: [] })] })
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
  const texts = supportTexts()
  web.state.content = liveContent(texts)
  await web.contentStore.addReleases(texts)
  mother = await web.readers.register(registration())
  await sendText(web, { ...mother, slot: '24w1d', day: '2026-11-22', body: '妊娠のころの文' })
  await web.readers.stopChild(mother)
  await web.readers.askSupport(mother.readerId)
  await sendText(web, { ...mother, slot: 'support1', day: '2026-11-23', body: '休んでください。' })
})

const enter = (readerId = mother.readerId) => web.enter(web.links.askedPageUrl(readerId))
const bodyOf = (page: string) =>
  /<main>(.*)<\/main>/s
    .exec(page)![1]!
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
const open = async (path: string) => (await web.get(path)).text()
const landing = async (path: string) => new URL((await web.get(path)).url).pathname

test('they are found from the page of procedures, by the day they came alone', async () => {
  const base = await enter()
  expect(await open(`${base}/support`)).toContain(`href="${base}/support/texts"`)
  const page = bodyOf(await open(`${base}/support/texts`))
  expect(page).toMatch(/^これまでの文 2026年11月23日\(月\) .*休んでください。 .*もどる$/)
  expect(page).not.toMatch(/妊娠|お子さん|週/)
})

test('they stay readable after they were ended, and not after the stop was undone', async () => {
  await web.readers.endSupport(mother.readerId)
  const base = await enter()
  expect(bodyOf(await open(`${base}/support/texts`))).toContain('休んでください。')
  const [stop] = await web.readers.openStops({ readerId: mother.readerId })
  await web.readers.undoStop({ readerId: mother.readerId, id: stop!.id })
  expect(await landing(`${base}/support/texts`)).toBe(`${base}/support`)
  expect(await open(`${base}/support`)).not.toContain('/support/texts')
})

test('who asked for none finds no such place, and no stop link opens it', async () => {
  const other = await web.readers.register(registration({ address: TARO }))
  const base = await enter(other.readerId)
  expect(await landing(`${base}/support/texts`)).toBe(`${base}/support`)
  const stop = new URL(web.links.stopUrl({ readerId: mother.readerId, town: '999016' })).pathname
  expect((await web.get(`${stop}/support/texts`)).status).toBe(404)
})
