// Who is let to a counter: the municipality's own staff and the operator, with nothing of a reader.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { handleEndpoints } from 'payload'

import { openEntrance, sealEntrance } from '../../../src/secret/entrance'
import { generateKeyRing, parseKeyRing } from '../../../src/secret/seal'
import { NOW, startCms, type TestCms } from '../../collections/cms'
import { gather, type People } from '../../collections/people'

const keys = generateKeyRing()
const ring = parseKeyRing(keys)

let cms: TestCms
let people: People

beforeAll(async () => {
  cms = await startCms({ keys, publicUrl: 'https://kizuna.example/' })
  people = await gather(cms)
})
afterAll(() => cms.stop())

const enter = async (as: string | undefined, municipality: string) => {
  const request = new Request(`http://cms.test/api/counter/${municipality}/entrance`, {
    method: 'POST',
    headers: as ? { Authorization: as } : {},
  })
  return handleEndpoints({ config: cms.config, request })
}
const entries = async () => {
  const where = { action: { equals: 'counter' } }
  return (await cms.payload.find({ collection: 'kizuna-audit-log', where, depth: 0 })).docs
}

describe('the entrance to the counter', () => {
  test.each(['municipal-editor', 'municipal-approver'] as const)(
    'a %s goes to the counter of their own municipality, and the log says so',
    async (role) => {
      const answer = await enter(people.as[role], people.own)
      expect(answer.status).toBe(200)
      const page = await answer.text()
      const [, token = ''] =
        /content="0; url=https:\/\/kizuna\.example\/counter\/enter\/([^"]+)"/.exec(page) ?? []
      const town = await cms.payload.findByID({
        collection: 'kizuna-municipalities',
        id: people.own,
      })
      const entrance = { by: people.ids[role], municipality: town.code }
      expect(openEntrance(ring, token, NOW)).toMatchObject(entrance)
      const [newest] = await entries()
      expect(newest).toMatchObject({
        documentId: people.own,
        title: town.name,
        actor: { value: people.ids[role] },
      })
    },
  )

  test('the operator goes to any', async () => {
    for (const id of [people.own, people.other])
      expect((await enter(people.as.admin, id)).status).toBe(200)
  })

  test('nobody else is let in, and nothing is noted', async () => {
    const before = (await entries()).length
    const others = ['anonymous', 'worker', 'editor', 'reviewer', 'chief', 'contributor'] as const
    for (const actor of others)
      expect([actor, (await enter(people.as[actor], people.own)).status]).toEqual([actor, 403])
    for (const role of ['municipal-editor', 'municipal-approver'] as const)
      expect((await enter(people.as[role], people.other)).status).toBe(403)
    expect((await entries()).length).toBe(before)
  })
})

test('an entrance is sealed, ends after two minutes, and is another each time', () => {
  const who = { by: '65a1b2c3d4e5f60718293a4b', municipality: '999016' }
  const token = sealEntrance(ring, who, NOW)
  expect(token).not.toContain(who.by)
  expect(openEntrance(ring, token, NOW)).toMatchObject(who)
  expect(openEntrance(ring, token, new Date(NOW.getTime() + 120_000))).toBeNull()
  expect(openEntrance(parseKeyRing(generateKeyRing()), token, NOW)).toBeNull()
  const again = openEntrance(ring, sealEntrance(ring, who, NOW), NOW)
  expect(again?.key).not.toBe(openEntrance(ring, token, NOW)?.key)
})
