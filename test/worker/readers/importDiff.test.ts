// Before an old system's readers are imported: what becomes of each row, and on what they agreed.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'

import { READER_COLUMNS } from '../../../worker/readers/readerColumns'
import { openStore, TARO } from './openStore'
import { settings } from './settings'

const municipalities = new Map([
  ['999016', { settings: settings({ areas: ['北', '南'] }), provider: null }],
])
const HEADER = READER_COLUMNS.join(',')
const row = (name: string, born = '2026-11-01', area = '北') =>
  `999016,mail,${name}@example.jp,誕生日,${born},standard,母,${area},,令和8年11月1日,1`

let opened: Awaited<ReturnType<typeof openStore>>
beforeAll(async () => {
  opened = await openStore()
})
afterAll(() => opened.close())
beforeEach(async () => {
  const { collections } = opened
  await Promise.all(Object.values(collections).map((collection) => collection.deleteMany({})))
})

interface Asked {
  header?: string
  consent?: { basis: string; day?: string }
  isDryRun?: boolean
  encode?: (text: string) => Uint8Array
}

const utf8 = (text: string) => new TextEncoder().encode(text)
const importRows = (rows: string[], asked: Asked = {}) => {
  const { header = HEADER, consent, isDryRun = false, encode = utf8 } = asked
  return opened.readers.importRows({
    bytes: encode([header, ...rows, ''].join('\r\n')),
    municipalities,
    isDryRun,
    ...(consent && { consent }),
  })
}
const PAPER = { consent: { basis: '紙の申込書' } }

test('a dry run tells of each row what becomes of it, and no address', async () => {
  await importRows([row('taro'), row('jiro'), row('hana')], PAPER)
  const rows = [
    row('taro'),
    row('jiro', '2026-11-01', '南'),
    row('saburo'),
    row('taro', '2023-04-01'),
    row('hana', '2026-11-03'),
  ]
  const outcome = await importRows(rows, { ...PAPER, isDryRun: true })
  expect(outcome).toMatchObject({
    status: 'dryRun',
    diff: {
      newReaders: [4],
      newChildren: [5],
      known: [2],
      differing: [
        { line: 3, columns: ['area'] },
        { line: 6, columns: ['date'] },
      ],
    },
  })
  expect(JSON.stringify(outcome)).not.toMatch(/@example/)
  expect(await opened.collections.readers.countDocuments()).toBe(3)
})

test('of a child or reader who has stopped no row tells, and none comes back', async () => {
  await importRows([row('taro'), row('jiro')], PAPER)
  const [taro] = await opened.readers.findByIdentity(TARO)
  const [child] = await opened.readers.childrenOf(taro!._id)
  await opened.readers.stopChild({ readerId: taro!._id, childId: child!._id })
  const near = [row('taro'), row('jiro')]
  const nothing = { newReaders: [], newChildren: [], known: [2, 3], differing: [] }
  expect(await importRows(near, { ...PAPER, isDryRun: true })).toMatchObject({ diff: nothing })
  await importRows([...near, row('taro', '2026-11-04')], PAPER)
  expect(await opened.readers.childrenOf(taro!._id)).toEqual([])
})

test('without a basis of the consent nobody is imported', async () => {
  const outcome = await importRows([row('taro')])
  expect(outcome).toMatchObject({
    status: 'refused',
    errors: [{ line: 2, column: 'consentBasis' }],
  })
  expect(await opened.collections.readers.countDocuments()).toBe(0)
})

test('the basis of a row comes before that of the list, and is kept with the reader', async () => {
  const header = `${HEADER},同意の根拠`
  const undated = row('jiro').replace('令和8年11月1日', '')
  const consent = { basis: '紙の申込書', day: '2025-04-01' }
  await importRows([`${row('taro')},電話`, `${undated},`], { header, consent })
  expect(await opened.collections.readers.find().toArray()).toMatchObject([
    { consentBasis: '電話', consentedAt: new Date('2026-10-31T15:00:00Z') },
    { consentBasis: '紙の申込書', consentedAt: new Date('2025-03-31T15:00:00Z') },
  ])
})

test.each([
  ['UTF-16 (LE)', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16 (BE)', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
])('a list in %s with dates in 令和 is read', async (_, encode) => {
  expect(await importRows([row('taro', '令和8年11月1日')], { ...PAPER, encode })).toMatchObject({
    status: 'imported',
    counts: { readersAdded: 1 },
  })
  const [taro] = await opened.readers.findByIdentity(TARO)
  expect(await opened.readers.childrenOf(taro!._id)).toMatchObject([{ birthDate: '2026-11-01' }])
})

test.each([
  ['2026-12-31', 'まだ来ていない'],
  ['24w3d', '基準日では決まらない'],
  ['ぜんぶ', '読めません'],
])('%s is no place up to which something was delivered', async (delivered, says) => {
  const outcome = await importRows([`${row('taro')},${delivered}`], {
    ...PAPER,
    header: `${HEADER},配信済み`,
  })
  expect(outcome).toMatchObject({
    status: 'refused',
    errors: [{ line: 2, column: 'delivered', message: expect.stringContaining(says) }],
  })
})
