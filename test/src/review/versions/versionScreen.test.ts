// An earlier version beside another one, and what a restore of it would change.
import { describe, expect, test } from '@jest/globals'

import { loadVersionScreen } from '../../../../src/review/versions/versionScreen'
import { parsePolicy } from '../../../../src/review/rules/policy'
import { openEditorialCmsOfFile, type Person } from '../editorialCms'

const cms = await openEditorialCmsOfFile()
const { edit } = cms.on('kizuna-manuscripts')
const options = { policy: parsePolicy(), now: () => new Date(), editions: [] }

const versionsOf = async (id: string) => {
  const where = { parent: { equals: id } }
  const { docs } = await cms.payload.findVersions({
    collection: 'kizuna-manuscripts',
    where,
    sort: 'createdAt',
  })
  return docs.map((one) => String(one.id))
}

interface Asked {
  id: string
  version: string | undefined
  compareWith?: string
}

const screenOf = async (person: Person, { id, version = '', compareWith = '' }: Asked) =>
  loadVersionScreen(
    await cms.reqOf(person),
    { collection: 'kizuna-manuscripts', id, version, compareWith },
    options,
  )

async function threeVersions(): Promise<{ id: string; versions: string[] }> {
  const { id } = await cms.draft({ body: '10 mL のませます。', topics: ['health'] })
  await edit('taro', id, { body: '5 mL のませます。' })
  await edit('taro', id, { topics: ['daily'] })
  return { id, versions: await versionsOf(id) }
}

describe('an earlier version', () => {
  test('stands beside the newest one, with what a restore changes', async () => {
    const { id, versions } = await threeVersions()
    const screen = await screenOf('hana', { id, version: versions[0] })
    expect(screen.changes.map(({ label }) => label)).toEqual(['本文', '話題'])
    expect(screen).toMatchObject({ isNewest: false, other: { id: versions[2] } })
    expect(screen.restore).toEqual({
      ...(await cms.opened('kizuna-manuscripts', id)),
      changed: ['本文', '話題'],
    })
    expect(screen.version.name).toMatch(/^\d{4}年.+ にhana\(編集\)が保存した版$/)
    expect(screen.others.map(({ name }) => name.includes('taro(編集、監修責任者)'))).toEqual([
      true,
      true,
    ])
    expect(screen.fields).toContainEqual(
      expect.objectContaining({ label: '本文', text: '10 mL のませます。' }),
    )
  })

  test('is compared with any other; what a restore changes stays what it is', async () => {
    const { id, versions } = await threeVersions()
    const screen = await screenOf('hana', { id, version: versions[0], compareWith: versions[1]! })
    expect(screen.changes.map(({ label }) => label)).toEqual(['本文'])
    expect(screen.restore?.changed).toEqual(['本文', '話題'])
  })

  test('the newest is compared with the one before, and there is nothing to restore', async () => {
    const { id, versions } = await threeVersions()
    const screen = await screenOf('hana', { id, version: versions[2] })
    expect(screen).toMatchObject({ isNewest: true, other: { id: versions[1] }, restore: null })
    expect(screen.changes.map(({ label }) => label)).toEqual(['話題'])
  })

  test('is read by reviewers, who restore nothing', async () => {
    const { id, versions } = await threeVersions()
    expect((await screenOf('doctor', { id, version: versions[0] })).restore).toBeNull()
  })

  test('of another document is none of this one, and a municipality reads none', async () => {
    const one = await threeVersions()
    const other = await threeVersions()
    const gone = { code: 'NOT_FOUND' }
    await expect(
      screenOf('hana', { id: one.id, version: other.versions[0] }),
    ).rejects.toMatchObject(gone)
    await expect(screenOf('hana', { id: one.id, version: 'x' })).rejects.toMatchObject(gone)
    await expect(screenOf('machi', { id: one.id, version: one.versions[0] })).rejects.toMatchObject(
      gone,
    )
  })
})

describe('each change between two versions', () => {
  test('says who made it and when, of every save in between', async () => {
    const { id, versions } = await threeVersions()
    await edit('hana', id, { body: '5 mL だけのませます。' })
    const newest = (await versionsOf(id)).at(-1)
    const screen = await screenOf('doctor', { id, version: newest, compareWith: versions[0]! })
    const hands = new Map(screen.changes.map((change) => [change.label, change.hands]))
    const [first, second] = hands.get('本文') ?? []
    expect(first).toMatch(/^\d{4}年.+\d taro\(編集、監修責任者\)$/)
    expect(second).toMatch(/^\d{4}年.+\d hana\(編集\)$/)
    expect(hands.get('話題')).toEqual([expect.stringContaining('taro(')])
  })

  test('of an add-on follows a part by its row, also one that went', async () => {
    const add = cms.on('kizuna-add-ons')
    const addOn = await cms.addOn({
      blocks: [
        { blockType: 'text', text: '一つめの文です。' },
        { blockType: 'text', text: '二つめの文です。' },
      ],
    })
    const stored = await cms.payload.findByID({
      collection: 'kizuna-add-ons',
      id: addOn.id,
      draft: true,
    })
    const [one, two] = stored.blocks ?? []
    await add.edit('machi', addOn.id, { blocks: [one, { ...two, text: '二つめを直しました。' }] })
    await add.edit('mina', addOn.id, { blocks: [{ ...two, text: '二つめを直しました。' }] })
    const where = { parent: { equals: addOn.id } }
    const { docs } = await cms.payload.findVersions({
      collection: 'kizuna-add-ons',
      where,
      sort: 'createdAt',
    })
    const [oldest, , newest] = docs.map((row) => String(row.id))
    const screen = await loadVersionScreen(
      await cms.reqOf('machi'),
      { collection: 'kizuna-add-ons', id: addOn.id, version: newest!, compareWith: oldest! },
      options,
    )
    expect(screen.changes.map(({ kind, hands }) => [kind, hands.map(nameIn)])).toEqual([
      ['changed', ['machi']],
      ['removed', ['mina']],
    ])
  })
})

const nameIn = (hand: string) => /(\w+)\(/.exec(hand)?.[1]
