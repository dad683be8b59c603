// Corrected age is how one reader reads: who may change no date chooses it too, for themselves alone.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'

import { registration, TARO } from '../../readers/openStore'
import { openWeb } from '../openWeb'

let web: Awaited<ReturnType<typeof openWeb>>
let mother: { readerId: string; childId: string }
let fatherId: string
let base: string

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
  mother = await web.readers.register(registration({ child: { dueDate: '2026-12-31' } }))
  const sharedChildren = [mother.childId]
  const shared = registration({ address: TARO, relation: 'father', sharedChildren, child: {} })
  fatherId = (await web.readers.register(shared)).readerId
  base = await web.enter(web.links.askedPageUrl(fatherId))
})

const born = (birthDate: string) => web.readers.reportBirth({ ...mother, birthDate })
const agePath = () => `${base}/children/${mother.childId}/age`
const child = () => web.readers.findChild(mother.childId)

test('who may change no date chooses it for themselves, and takes it back', async () => {
  await born('2026-11-20')
  const own = await (await web.get(base)).text()
  expect(own).not.toContain('誕生日をなおす')
  expect(own).toContain(`href="${agePath()}"`)
  expect(await (await web.get(agePath())).text()).toContain('ほかのご家族の文は変わりません')
  const before = await child()
  await web.post(agePath(), { corrected: 'yes' })
  const { birthDate, dueDate } = before!
  expect(await child()).toMatchObject({ corrected: [fatherId], birthDate, dueDate })
  expect(await (await web.get(agePath())).text()).toMatch(/name="corrected"[^>]*checked/)
  await web.post(agePath())
  expect((await child())?.corrected).toEqual([])
})

test('of a child who was not born early there is nothing to choose', async () => {
  await born('2026-12-20')
  expect(await (await web.get(base)).text()).not.toContain('/age"')
  await web.post(agePath(), { corrected: 'yes' })
  expect((await child())?.corrected ?? []).toEqual([])
})

test('of a child of another family nothing is chosen', async () => {
  await born('2026-11-20')
  const other = await web.readers.register(
    registration({ address: { ...TARO, address: 'x@example.jp' } }),
  )
  const elsewhere = await web.enter(web.links.askedPageUrl(other.readerId))
  const path = `${elsewhere}/children/${mother.childId}/age`
  expect((await web.post(path, { corrected: 'yes' })).status).toBe(404)
  expect((await child())?.corrected ?? []).toEqual([])
})
