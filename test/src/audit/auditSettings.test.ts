// What was changed in the settings of a municipality, a series or a LINE account: old and new in words.
import { expect, test } from '@jest/globals'
import type { Where } from 'payload'

import { auditEntries } from '../../auditEntries'
import { generateKeyRing } from '../../../src/secret/seal'
import { lineAccountData, seriesData } from '../../collections/documents'
import { municipalityData } from '../../collections/people'
import { openEditorialCmsOfFile } from '../review/editorialCms'

process.env.KIZUNA_KEYS = generateKeyRing()
const cms = await openEditorialCmsOfFile()

async function notesOf(id: string): Promise<(string | null | undefined)[]> {
  const where: Where = {
    and: [{ documentId: { equals: id } }, { action: { equals: 'edit' } }],
  }
  const docs = await auditEntries(cms.payload, where)
  return docs.map(({ note }) => note)
}

const change = async (path: string, body: object) => {
  const answer = await cms.rest('root', `PATCH ${path}?depth=0`, body)
  expect({ status: answer.status, errors: answer.body.errors }).toEqual({ status: 200 })
}

test('a municipality’s settings are named as in its form, with choices and days in words', async () => {
  const { id } = cms.municipality
  await change(`/kizuna-municipalities/${id}`, { dailyCap: 2, editions: ['standard'] })
  const taken = [
    { series: cms.series.id, isEndIncluded: true, effectiveFrom: '2027-04-01', from: 'day30' },
  ]
  await change(`/kizuna-municipalities/${id}`, { series: taken })
  await change(`/kizuna-municipalities/${id}`, { dailyCap: 2 })
  expect(await notesOf(id)).toEqual([
    expect.stringMatching(/標準.*やさしい日本語 → 標準、.*: 3 → 2$/),
    expect.stringMatching(/^.+: .*見本 0〜10歳.* → .*見本 0〜10歳.*2027年4月1日\(木\)/),
  ])
})

test('a secret is only said to have changed, and nothing of it is kept', async () => {
  const secret = '0123456789abcdef0123456789abcdef'
  const account = await cms.rest('root', 'POST /kizuna-line-accounts', {
    name: '見本町 公式',
    provider: '見本プロバイダー',
    kind: 'dedicated',
    channelId: '1657000001',
    channelSecret: secret,
    basicId: '@mihon',
  })
  expect(account.body.errors).toBeUndefined()
  const { id } = account.body.doc as { id: string }
  await change(`/kizuna-line-accounts/${id}`, { channelSecret: [...secret].toReversed().join('') })
  await change(`/kizuna-line-accounts/${id}`, { name: '見本町 広報', channelSecret: '' })
  expect(await notesOf(id)).toEqual([
    'チャネルシークレットが変わりました',
    '名前: 見本町 公式 → 見本町 広報',
  ])
  const { docs } = await cms.payload.find({ collection: 'kizuna-audit-log', limit: 500, depth: 0 })
  expect(JSON.stringify(docs)).not.toContain('0123456789abcdef')
})

test('who opens a municipality, a series or a LINE account, or takes an account away, is in the log', async () => {
  const made = [
    await cms.rest('root', 'POST /kizuna-municipalities', municipalityData()),
    await cms.rest('root', 'POST /kizuna-series', seriesData()),
    await cms.rest('root', 'POST /kizuna-line-accounts', lineAccountData()),
  ].map(({ body }) => body.doc as { id: string; name: string })
  const [, , account] = made
  await cms.rest('root', `DELETE /kizuna-line-accounts/${account?.id}`)
  const documentId = { in: made.map(({ id }) => id) }
  const entries = await auditEntries(cms.payload, { documentId })
  expect(entries.map(({ action, title }) => `${action} ${title}`)).toEqual([
    ...made.map(({ name }) => `create ${name}`),
    `delete ${account?.name}`,
  ])
  expect(entries.every(({ actorName }) => actorName?.startsWith('root'))).toBe(true)
})

test('an edited text’s entry says old and new, and who it was then', async () => {
  const { id } = await cms.draft({ body: '10 mL のませます。' })
  await cms
    .on('kizuna-manuscripts')
    .edit('taro', id, { body: '5 mL のませます。', subject: '次の件名' })
  const where = { documentId: { equals: id } }
  const docs = await auditEntries(cms.payload, where)
  expect(docs).toMatchObject([
    { action: 'create', actorName: 'hana(編集)' },
    {
      action: 'edit',
      actorName: 'taro(編集、監修責任者)',
      note: expect.stringMatching(/件名: 見本 → 次/),
    },
  ])
  expect(docs[1]?.note).toMatch(/本文: 10 → 5/)
})
