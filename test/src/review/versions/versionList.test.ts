// The list of a text's versions: who, when and what, in words.
import { describe, expect, test } from '@jest/globals'

import { loadVersionList } from '../../../../src/review/versions/versionList'
import { parsePolicy } from '../../../../src/review/rules/policy'
import { openEditorialCmsOfFile, type Person } from '../editorialCms'

const cms = await openEditorialCmsOfFile()
const { edit } = cms.on('kizuna-manuscripts')
const options = { policy: parsePolicy(), now: () => new Date(), editions: [] }

const listOf = async (person: Person, id: string, page = 1) =>
  loadVersionList(await cms.reqOf(person), { collection: 'kizuna-manuscripts', id, page }, options)

describe('the list of versions', () => {
  test('says who saved when and what they changed, and names the version before', async () => {
    const { id } = await cms.draft()
    await edit('taro', id, { body: '直した本文です。', title: '直した題名' })
    await edit('hana', id, { topics: ['health'] })
    await edit('hana', id, {})
    const { versions, total } = await listOf('doctor', id)
    expect(versions.map(({ who, did }) => `${who} ${did}`)).toEqual([
      'hana(編集) 保存した(文は変わっていません)',
      'hana(編集) 話題を直した',
      'taro(編集、監修責任者) 題名、本文を直した',
      'hana(編集) 書きはじめた',
    ])
    expect(versions.map(({ previous }) => previous)).toEqual([
      ...versions.slice(1).map((one) => one.id),
      null,
    ])
    expect(total).toBe(4)
    for (const { at } of versions) expect(at).toMatch(/^\d{4}年\d+月\d+日\(.\) \d+:\d\d$/)
  })

  test('says who let it out', async () => {
    const { id } = await cms.published()
    const { versions } = await listOf('hana', id)
    expect(versions[0]).toMatchObject({ who: 'midori(監修責任者)', did: '公開した' })
  })

  test('is turned in pages, and of a page too far the last is shown', async () => {
    const { id } = await cms.draft()
    for (const body of ['一度めの本文', '二度めの本文']) await edit('hana', id, { body })
    const pageOf = async (page: number) => {
      const asked = { collection: 'kizuna-manuscripts', id, page, size: 2 } as const
      return loadVersionList(await cms.reqOf('hana'), asked, options)
    }
    const first = await pageOf(1)
    expect(first).toMatchObject({ page: 1, last: 2, total: 3 })
    expect(first.versions.map(({ did }) => did)).toEqual(['本文を直した', '本文を直した'])
    const rest = await pageOf(9)
    expect(rest.versions.map(({ did }) => did)).toEqual(['書きはじめた'])
  })

  test('is not there for who may not read the versions', async () => {
    const { id } = await cms.draft()
    await expect(listOf('machi', id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
