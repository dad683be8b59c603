import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { writeSheet } from '../../../src/import/writeSheet'
import { READER_COLUMNS, READER_SHEET } from '../../../worker/readers/readerColumns'
import { HANAKO, openStore, registration, TARO } from './openStore'
import { settings } from './settings'

const municipalities = new Map([
  ['999016', { settings: settings({ areas: ['北（港）', '南'] }), provider: 'みなと町' }],
  ['999024', { settings: settings({ code: '999024', channels: ['mail'] }), provider: null }],
])

let opened: Awaited<ReturnType<typeof openStore>>

beforeAll(async () => {
  opened = await openStore()
})
afterAll(() => opened.close())
beforeEach(async () => {
  const { collections } = opened
  await Promise.all(Object.values(collections).map((collection) => collection.deleteMany({})))
})

const BORN = { birthDate: '2026-11-01' }
const HEADER = READER_COLUMNS.join(',')
const LINE_ROW = `999016,line,${HANAKO.address},dueDate,2027-03-13,standard,母,南,poster,2026-11-01T10:00:00+09:00,1`
const MAIL_ROW = '999016,mail,taro@example.jp,birthDate,2024-02-29,easy,父,,,2026-11-01,1'

const file = (...rows: string[]) => new TextEncoder().encode([HEADER, ...rows, ''].join('\n'))
/** With the column for twins: the mark behind each row. */
const marked = (...rows: [row: string, mark: string][]) =>
  new TextEncoder().encode([`${HEADER},ふたご`, ...rows.map((row) => row.join(',')), ''].join('\n'))
const importRows = (bytes: Uint8Array, isDryRun = false) =>
  opened.readers.importRows({ bytes, municipalities, isDryRun, consent: { basis: '紙の申込書' } })

describe('a sound file', () => {
  test('adds its readers and children, and the same file again adds nothing', async () => {
    const bytes = file(LINE_ROW, MAIL_ROW)
    expect(await importRows(bytes)).toEqual({
      status: 'imported',
      rows: 2,
      counts: counts({ readersAdded: 2, childrenAdded: 2 }),
    })
    const [reader] = await opened.readers.findByIdentity(HANAKO)
    expect(reader).toMatchObject({
      edition: 'standard',
      relation: 'mother',
      area: '南',
      source: 'poster',
      consentedAt: new Date('2026-11-01T01:00:00Z'),
    })
    expect(await opened.readers.childrenOf(reader!._id)).toMatchObject([{ dueDate: '2027-03-13' }])
    expect(await importRows(bytes)).toMatchObject({
      counts: counts({ readersKnown: 2, childrenKnown: 2 }),
    })
    expect(await documents()).toEqual([2, 2])
  })

  test('rows with one channel and address are one reader’s children, marked twins included', async () => {
    const twin = MAIL_ROW.replace('taro@example.jp', 'TARO@example.jp')
    const sibling = MAIL_ROW.replace('2024-02-29', '2021-04-01')
    const bytes = marked([MAIL_ROW, 'ふたご'], [twin, '○'], [sibling, ''])
    expect(await importRows(bytes)).not.toHaveProperty('notes')
    expect(await documents()).toEqual([1, 3])
    expect(await importRows(bytes)).toMatchObject({ counts: { childrenAdded: 0 } })
    expect(await documents()).toEqual([1, 3])
    const [taro] = await opened.readers.findByIdentity(TARO)
    const [one] = await opened.collections.children.find({ birthDate: '2024-02-29' }).toArray()
    await opened.readers.stopChild({ readerId: taro!._id, childId: one!._id })
    expect(await opened.readers.childrenOf(taro!._id)).toHaveLength(2)
  })

  test('a dry run tells the same numbers and writes nothing', async () => {
    expect(await importRows(file(LINE_ROW), true)).toEqual({
      status: 'dryRun',
      rows: 1,
      counts: counts({ readersAdded: 1, childrenAdded: 1 }),
      diff: { newReaders: [2], newChildren: [], known: [], differing: [] },
    })
    expect(await documents()).toEqual([0, 0])
  })

  test('may have a BOM, Shift_JIS, Windows line ends, full-width digits and slashes', async () => {
    const bom = new Uint8Array([0xef, 0xbb, 0xbf, ...file(LINE_ROW)])
    expect(await importRows(bom)).toMatchObject({ status: 'imported' })
    const loose =
      '９９９０１６,MAIL,ｔａｒｏ@example.jp,誕生日,２０２４/２/９,,父,北（港）,,2026年11月1日,1'
    const windows = new TextEncoder().encode(`${HEADER}\r\n${loose}\r\n`)
    expect(await importRows(windows)).toMatchObject({ status: 'imported' })
    const [reader] = await opened.readers.findByIdentity(TARO)
    expect(reader).toMatchObject({ edition: 'standard', area: '北（港）' })
    const shiftJis = [...HEADER, '\n', ...LINE_ROW].flatMap((character) => {
      const bytes: Record<string, number[]> = { 母: [0x95, 0xea], 南: [0x93, 0xec] }
      return bytes[character] ?? [character.charCodeAt(0)]
    })
    expect(await importRows(new Uint8Array(shiftJis))).toMatchObject({
      counts: counts({ readersKnown: 1, childrenKnown: 1 }),
    })
  })

  test('never brings back a stopped reader, a stopped child or a changed date', async () => {
    const bytes = file(LINE_ROW, MAIL_ROW)
    await importRows(bytes)
    const [hanako] = await opened.readers.findByIdentity(HANAKO)
    const [taro] = await opened.readers.findByIdentity(TARO)
    const [child] = await opened.readers.childrenOf(hanako!._id)
    await opened.readers.stopChild({ readerId: hanako!._id, childId: child!._id })
    await opened.readers.stopReader(taro!._id)
    expect(await importRows(bytes)).toMatchObject({
      counts: counts({ readersKnown: 1, readersStopped: 1, childrenKnown: 1 }),
    })
    expect(await documents()).toEqual([2, 2])
    expect(await opened.readers.childrenOf(hanako!._id)).toEqual([])
  })

  test('a child somebody left is not imported a second time', async () => {
    await importRows(file(LINE_ROW))
    const [hanako] = await opened.readers.findByIdentity(HANAKO)
    const [child] = await opened.readers.childrenOf(hanako!._id)
    await opened.readers.leaveChild({ readerId: hanako!._id, childId: child!._id })
    expect(await importRows(file(LINE_ROW))).toMatchObject({
      counts: counts({ readersKnown: 1, childrenKnown: 1 }),
    })
  })

  test('a child that was registered by hand and left is not brought back either', async () => {
    const { readerId, childId } = await opened.readers.register(registration())
    await opened.readers.leaveChild({ readerId, childId })
    expect(await importRows(file(LINE_ROW))).toMatchObject({
      counts: counts({ readersKnown: 1, childrenKnown: 1 }),
    })
    expect(await opened.readers.childrenOf(readerId)).toEqual([])
  })

  test('who had stopped everything and begins anew gets no former child by an old list', async () => {
    const { readerId } = await opened.readers.register(registration())
    await opened.readers.stopReader(readerId)
    await opened.readers.register(registration({ child: { dueDate: '2027-07-01' } }))
    expect(await importRows(file(LINE_ROW))).toMatchObject({
      counts: counts({ readersKnown: 1, childrenKnown: 1 }),
    })
    const own = await opened.readers.childrenOf(readerId)
    expect(own.map(({ dueDate }) => dueDate)).toEqual(['2027-07-01'])
  })

  test('a rest goes on whatever a list says', async () => {
    const { readerId } = await opened.readers.register(registration())
    await opened.readers.rest({ readerId, until: null })
    await importRows(file(LINE_ROW))
    expect(await opened.readers.findReader(readerId)).toMatchObject({ rest: { until: null } })
  })

  test('somebody who registered by hand is known, with the child of that date', async () => {
    await opened.readers.register(registration())
    const sibling = LINE_ROW.replace('dueDate,2027-03-13', 'birthDate,2022-01-31')
    expect(await importRows(file(LINE_ROW, sibling))).toMatchObject({
      counts: counts({ readersKnown: 1, childrenKnown: 1, childrenAdded: 1 }),
    })
  })

  test('four equal rows are one child, and the dry run says so with the rows', async () => {
    const wide = MAIL_ROW.replace('taro@example.jp', 'ｔａｒｏ＠Example.JP')
    const bytes = file(LINE_ROW, MAIL_ROW, MAIL_ROW, wide, MAIL_ROW)
    for (const isDryRun of [true, false]) {
      expect(await importRows(bytes, isDryRun)).toMatchObject({
        counts: counts({ readersAdded: 2, childrenAdded: 2 }),
        notes: [{ line: 3, column: 'date', message: expect.stringContaining('3・4・5・6 行目は') }],
      })
    }
    expect(await documents()).toEqual([2, 2])
    expect(await importRows(bytes)).toMatchObject({
      counts: { childrenAdded: 0, childrenKnown: 2 },
    })
  })

  test('one mark of two equal rows is enough, and of four it makes two children', async () => {
    await importRows(marked([MAIL_ROW, ''], [MAIL_ROW, '双子']))
    expect(await documents()).toEqual([1, 2])
    const unmarked = [1, 2, 3].map((): [string, string] => [LINE_ROW, ''])
    const outcome = await importRows(marked(...unmarked, [LINE_ROW, '多胎']))
    expect(outcome).toMatchObject({ counts: { childrenAdded: 2 }, notes: [{ line: 2 }] })
  })

  test('a twin mark that stands alone is told', async () => {
    expect(await importRows(marked([MAIL_ROW, 'ふたご']))).toMatchObject({
      counts: { childrenAdded: 1 },
      notes: [{ line: 2, column: 'twins' }],
    })
  })

  test('a date near one that is registered is told and adds no child, unless it is marked', async () => {
    await opened.readers.register(registration({ address: TARO, child: BORN }))
    const near = MAIL_ROW.replace('2024-02-29', '2026-11-02')
    expect(await importRows(file(near))).toMatchObject({
      counts: counts({ readersKnown: 1, childrenKnown: 1 }),
      notes: [{ line: 2, column: 'date', message: expect.stringContaining('日付の近い子') }],
    })
    expect(await documents()).toEqual([1, 1])
    await importRows(marked([near, '別の子']))
    const children = await opened.collections.children.find().toArray()
    expect(children.map(({ isApart }) => isApart)).toEqual([true, true])
    await importRows(marked([near, '別の子']))
    expect(await documents()).toEqual([1, 2])
  })

  test('the birth of a child that is expected is the reader’s to report', async () => {
    await opened.readers.register(registration({ address: TARO, child: { dueDate: '2026-11-20' } }))
    const born = MAIL_ROW.replace('2024-02-29', '2026-11-02')
    expect(await importRows(file(born))).toMatchObject({ notes: [{ line: 2 }] })
    expect(await opened.collections.children.find().toArray()).toMatchObject([
      { dueDate: '2026-11-20' },
    ])
    expect(await documents()).toEqual([1, 1])
  })

  test('the due date of a child that is born by now adds no child', async () => {
    const of = await opened.readers.register(registration())
    opened.clock.now = new Date('2027-03-12T01:00:00Z')
    await opened.readers.reportBirth({ ...of, birthDate: '2027-03-10' })
    expect(await importRows(file(LINE_ROW))).not.toHaveProperty('notes')
    expect(await documents()).toEqual([1, 1])
    opened.clock.now = new Date('2026-11-23T01:00:00Z')
  })

  test.each([
    ['its birth on time', 'birthDate,2026-11-03'],
    ['a birth before 22 weeks', 'birthDate,2026-06-20'],
    ['a due date near it', 'dueDate,2026-11-30'],
    ['the same, marked as twins', 'dueDate,2026-11-20', 'ふたご'],
  ])('a child that was lost is not brought back, and not spoken of, by %s', async (...row) => {
    const of = await opened.readers.register(
      registration({ address: TARO, child: { dueDate: '2026-11-20' } }),
    )
    await opened.readers.stopChild(of)
    const [, dates = '', mark = ''] = row
    const line = MAIL_ROW.replace('birthDate,2024-02-29', dates)
    const outcome = await importRows(marked([line, mark], [line, mark]))
    expect(outcome).toMatchObject({ status: 'imported', counts: { childrenAdded: 0 } })
    expect(JSON.stringify(outcome)).not.toContain('登録されて')
    expect(await opened.readers.childrenOf(of.readerId)).toEqual([])
  })

  test('one address in two towns is told with both rows', async () => {
    const there = MAIL_ROW.replace('999016', '999024').replace('easy', 'standard')
    expect(await importRows(file(MAIL_ROW, there))).toMatchObject({
      counts: { readersAdded: 2 },
      notes: [{ line: 3, message: expect.stringContaining('2 行目') }],
    })
  })

  test('an address that bounced stays suppressed', async () => {
    await importRows(file(MAIL_ROW))
    const { channel, account, index } = (await opened.readers.findByIdentity(TARO))[0]!
      .identities[0]!
    await opened.readers.suppress({ channel, account, index, reason: 'bounced' })
    const there = MAIL_ROW.replace('999016', '999024').replace('easy', 'standard')
    await importRows(file(there))
    const statuses = (await opened.readers.findByIdentity(TARO)).map((r) => r.identities[0]!.status)
    expect(statuses).toEqual(['suppressed', 'suppressed'])
  })
})

describe('what town halls’ systems and spreadsheets write', () => {
  const lineOf = (cells: Partial<Record<(typeof READER_COLUMNS)[number], string>>) => {
    const row = {
      municipality: '999016',
      channel: 'mail',
      address: 'a@example.jp',
      anchor: 'birthDate',
    }
    const rest = { date: '2026-01-02', consentedAt: '2026-11-01', consentVersion: 'v1' }
    const all: Record<string, string> = { ...row, ...rest, ...cells }
    return READER_COLUMNS.map((column) => all[column] ?? '').join(',')
  }

  test('every form of one day is that day', async () => {
    const days = ['令和8年1月2日', '令和 8年 1月 2日', '令8.1.2', 'R8.1.2', '46024', '20260102']
    const others = ['2026/1/2 0:00', '2026-01-02T00:00', '２０２６年１月２日', '2026年1月2日(金)']
    const rows = [...days, ...others].map((date, index) =>
      lineOf({ date, address: `a${index}@example.jp` }),
    )
    expect(await importRows(file(...rows))).toMatchObject({ status: 'imported', rows: 10 })
    const stored = await opened.collections.children.find().toArray()
    expect(stored.map(({ birthDate }) => birthDate)).toEqual(rows.map(() => '2026-01-02'))
  })

  test('labels stand for codes, in the header and in the cells', async () => {
    const header = '自治体コード,配信方法,連絡先,基準日,日付,版,続柄,地区,登録元,同意日時,同意の版'
    const rows = [
      '９９９０１６,ｍａｉｌ,ｔａｎａｋａ＠ｅｘａｍｐｌｅ．ｊｐ,生年月日,2026.1.2,標準,ママ,南 ,,2026/11/1 9:05,v1',
      '999016,メール,tanaka2@example.jp,誕生日,2026-01-02,,パパ,,,令和8年11月1日,v1',
    ]
    const bytes = new TextEncoder().encode([header, ...rows].join('\r\n'))
    expect(await importRows(bytes)).toMatchObject({ status: 'imported', rows: 2 })
    const stored = await opened.collections.readers.find().toArray()
    expect(stored.map(({ relation }) => relation)).toEqual(['mother', 'father'])
    expect(stored[0]).toMatchObject({ area: '南', consentedAt: new Date('2026-11-01T00:05:00Z') })
  })

  test('UTF-16 with tabs, empty columns at the end and what shows nothing', async () => {
    const text = `\uFEFF${HEADER},,\r\n${lineOf({ municipality: '999016\u200B', address: 'hana\u200Bko@example.jp' })},,\r\n`
    const utf16 = Buffer.from(text.replaceAll(',', '\t'), 'utf16le')
    expect(await importRows(utf16)).toMatchObject({ status: 'imported', rows: 1 })
    expect(
      await opened.readers.findByIdentity({ ...TARO, address: 'hanako@example.jp' }),
    ).toHaveLength(1)
  })

  test('a workbook is read as a CSV is', async () => {
    const cells = (line: string) =>
      Object.fromEntries(line.split(',').map((cell, index) => [READER_COLUMNS[index]!, cell]))
    const sheet = { columns: READER_SHEET, format: 'xlsx', name: '読者' } as const
    const bytes = await writeSheet([cells(lineOf({ date: 'R8.1.2' }))], sheet)
    expect(await importRows(bytes)).toMatchObject({ status: 'imported', rows: 1 })
  })

  test('labels beside codes are read in every column, and two that differ are not', async () => {
    const both = {
      municipality: '999016 みなと町',
      relation: 'mother(母)',
      anchor: '誕生日 birthDate',
      channel: 'メール:mail',
      address: 'both@example.jp',
    }
    const wrong = { ...both, relation: 'mother(父)', address: 'wrong@example.jp' }
    expect(await importRows(file(lineOf({ ...both, date: '2026-01-02' })))).toMatchObject({
      status: 'imported',
    })
    expect(await importRows(file(lineOf({ ...wrong, date: '2026-01-02' })))).toMatchObject({
      status: 'refused',
      errors: [{ line: 2, column: 'relation' }],
    })
  })

  test('one bad byte refuses the file with its line', async () => {
    const good = [...file(lineOf({ source: 'チラシ' }))]
    const place = good.indexOf(0xe3) + 9
    const bytes = Uint8Array.from([...good.slice(0, place), 0xff, ...good.slice(place)])
    expect(await importRows(bytes)).toMatchObject({
      status: 'refused',
      errors: [{ line: 0, column: null, message: expect.stringContaining('2 行目') }],
    })
  })

  test('words that every object of JavaScript knows are words like others', async () => {
    const outcome = await importRows(
      file(lineOf({ relation: 'constructor' }), lineOf({ relation: '__proto__' })),
    )
    expect(outcome).toMatchObject({
      errors: [
        { line: 2, column: 'relation' },
        { line: 3, column: 'relation' },
      ],
    })
    const header = await importRows(new TextEncoder().encode(`${HEADER},__proto__\n`))
    expect(JSON.stringify(header)).toContain('「__proto__」という列はありません')
  })

  test('a version of the consent is the product’s or one the town has named', async () => {
    const named = settings({ consentVersions: ['紙 2024', 'v1'] })
    const towns = new Map([['999016', { settings: named, provider: null }]])
    const versions = ['紙 2024', 'v1', '2026-12', '2026-12-2', 'v2']
    const rows = versions.map((consentVersion, index) =>
      lineOf({ consentVersion, address: `a${index}@example.jp` }),
    )
    const consent = { basis: '紙の申込書' }
    const request = { bytes: file(...rows), municipalities: towns, isDryRun: true, consent }
    expect(await opened.readers.importRows(request)).toMatchObject({
      status: 'refused',
      errors: [
        {
          line: 6,
          column: 'consentVersion',
          value: 'v2',
          message: expect.stringContaining('紙 2024、v1、2026-12、2026-12-2'),
        },
      ],
    })
  })

  test('rows of one reader whose dates contradict each other are refused with both rows', async () => {
    const due = { anchor: 'dueDate' }
    const of = (address: string, first: object, second: object) => [
      lineOf({ address, ...first }),
      lineOf({ address, ...second }),
    ]
    const outcome = await importRows(
      file(
        ...of('near@example.jp', { date: '2026-01-02' }, { date: '2026-01-03' }),
        ...of('typo@example.jp', { date: '2026-01-12' }, { date: '2025-01-12' }),
        ...of('born@example.jp', { ...due, date: '2026-12-20' }, { date: '2026-11-10' }),
        ...of('lost@example.jp', { ...due, date: '2027-05-20' }, { date: '2026-11-10' }),
        ...of('moved@example.jp', { ...due, date: '2027-05-20' }, { ...due, date: '2027-05-22' }),
        ...of('both@example.jp', { date: '2024-01-02' }, { ...due, date: '2027-05-20' }),
      ),
    )
    if (outcome.status !== 'refused') throw new Error('not refused')
    expect(outcome.errors.map(({ line, message }) => `${line}: ${message.slice(0, 4)}`)).toEqual([
      '3: 2 行目',
      '5: 4 行目',
      '7: 6 行目',
      '9: 8 行目',
      '11: 10 行',
    ])
    expect(JSON.stringify(outcome)).not.toContain('@')
  })

  test('dates have the limits of the form', async () => {
    const due = { anchor: 'dueDate' }
    const outcome = await importRows(
      file(
        lineOf({ date: '1990-01-02' }),
        lineOf({ date: '1926-01-02' }),
        lineOf({ date: '2006-01-02' }),
        lineOf({ ...due, date: '2019-01-02' }),
        lineOf({ ...due, date: '2027-12-20' }),
        lineOf({ ...due, date: '2026-12-20' }),
      ),
    )
    if (outcome.status !== 'refused') throw new Error('not refused')
    expect(outcome.errors.map(({ line, column }) => `${line} ${column}`)).toEqual(
      [2, 3, 4, 5, 6].map((line) => `${line} date`),
    )
  })

  test('no message carries a control character', async () => {
    const outcome = await importRows(file(lineOf({ date: 'a\u001b[31m\u200B' })))
    expect(JSON.stringify(outcome)).toContain('a〈U+001B〉[31m')
  })
})

describe('a file with mistakes', () => {
  test('is refused as a whole, each mistake with its line and column', async () => {
    const outcome = await importRows(
      file(
        LINE_ROW,
        '999999,line,U123,due,2027-02-30,xx,叔母,西,,2027-01-01,',
        '',
        MAIL_ROW.replace('999016', '999024').replace('mail', 'line'),
        MAIL_ROW.replace('taro@example.jp', 'taro..x@example.jp'),
        MAIL_ROW.replace('2024-02-29', '2026-11-24'),
        MAIL_ROW.replace('easy', 'french'),
        MAIL_ROW.replace('父,', '父,西'),
        MAIL_ROW,
        MAIL_ROW.replace('父', '母'),
      ),
    )
    if (outcome.status !== 'refused') throw new Error('not refused')
    expect(outcome.errors.map(({ line, column }) => `${line} ${column}`)).toEqual([
      '3 municipality',
      '3 address',
      '3 anchor',
      '3 date',
      '3 relation',
      '3 consentedAt',
      '3 consentVersion',
      '5 channel',
      '6 address',
      '7 date',
      '8 edition',
      '9 area',
      '11 relation',
    ])
    for (const { message } of outcome.errors) expect(message).toMatch(/。$|: /)
    expect(JSON.stringify(outcome)).not.toMatch(/U123|taro/)
    expect(await documents()).toEqual([0, 0])
  })

  test.each([
    { label: 'no header', text: LINE_ROW, line: 1, part: '知っている列の名前が 1 つもありません' },
    {
      label: 'a column too many',
      text: `${HEADER},memo`,
      line: 1,
      part: '「memo」という列はありません',
    },
    { label: 'a short row', text: `${HEADER}\n999016,line`, line: 2, part: '欄が 2 個しかなく' },
    { label: 'an open quote', text: `${HEADER}\n"${LINE_ROW}`, line: 2, part: '閉じていません' },
    { label: 'nothing in it', text: '', line: 0, part: 'ファイルが空です' },
  ])('$label', async ({ text, line, part }) => {
    const outcome = await importRows(new TextEncoder().encode(text))
    const error = expect.objectContaining({ line, message: expect.stringContaining(part) })
    expect(outcome).toMatchObject({ status: 'refused', errors: expect.arrayContaining([error]) })
  })

  test('a write that fails half way leaves nothing', async () => {
    await importRows(file(LINE_ROW))
    await opened.collections.readers.deleteMany({})
    await opened.collections.children.deleteMany({})
    await opened.db.command({ collMod: 'children', validator: { birthDate: { $exists: true } } })
    await expect(importRows(file(MAIL_ROW, LINE_ROW))).rejects.toThrow()
    await opened.db.command({ collMod: 'children', validator: {} })
    expect(await documents()).toEqual([0, 0])
  })
})

function counts(changed: Record<string, number>) {
  return {
    readersAdded: 0,
    readersKnown: 0,
    readersStopped: 0,
    childrenAdded: 0,
    childrenKnown: 0,
    ...changed,
  }
}

const documents = () =>
  Promise.all([
    opened.collections.readers.countDocuments(),
    opened.collections.children.countDocuments(),
  ])
