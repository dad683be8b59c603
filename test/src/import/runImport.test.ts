import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { handleEndpoints } from 'payload'

import { reportLines } from '../../../src/import/report'
import { runImport } from '../../../src/import/runImport'
import type { ImportArgs } from '../../../src/import/runImport'
import type { EditorialCms, Person } from '../review/editorialCms'
import { openEditorialCms } from '../review/editorialCms'

let cms: EditorialCms

beforeAll(async () => {
  cms = await openEditorialCms()
}, 60_000)

afterAll(() => cms.close())

interface Asked {
  by?: Person | null
  isDryRun?: boolean
  maxMs?: number
}

const run = async (
  kind: ImportArgs['kind'],
  source: string,
  { by = null, isDryRun = false, ...rest }: Asked = {},
) =>
  runImport({
    payload: cms.payload,
    kind,
    source,
    isDryRun,
    user: (await cms.reqOf(by)).user,
    now: () => new Date(),
    ...rest,
  })

const find = async (collection: 'kizuna-manuscripts' | 'kizuna-add-ons', title: string) => {
  const where = { title: { equals: title } }
  const { docs } = await cms.payload.find({ collection, where, draft: true, depth: 0 })
  return docs as unknown as Record<string, unknown>[]
}

const everything = async () => ({
  manuscripts: await cms.payload.count({ collection: 'kizuna-manuscripts' }),
  versions: await cms.payload.countVersions({ collection: 'kizuna-manuscripts' }),
  addOns: await cms.payload.count({ collection: 'kizuna-add-ons' }),
  audit: await cms.payload.count({ collection: 'kizuna-audit-log' }),
})

describe('manuscripts', () => {
  const header = 'series,slot,edition,kind,title,subject,body,topics,ageBasis,monthRule,sources'
  const file = [
    header,
    'child,1歳,標準,節目,取込 一歳,1歳になりました,"おめでとう\r\nございます",発達・あそび;くらし,暦,一般,資料|https://example.jp/|2026/4/1;冊子',
    'child,生後45日,,,取込 四十五日,件名,本文,,,,',
  ].join('\r\n')

  test('a dry run says what would happen and writes nothing', async () => {
    const before = await everything()
    const report = await run('manuscripts', file, { isDryRun: true })
    expect(report).toMatchObject({ isWritten: false, created: 2, changed: 0, unchanged: 0 })
    expect(reportLines(report)).toEqual([
      '2行目: 新規 1歳 取込 一歳',
      '4行目: 新規 生後45日 取込 四十五日',
      '新規 2 件、変更 0 件、変更なし 0 件です(確認だけで、何も書き込んでいません)。',
    ])
    expect(await everything()).toEqual(before)
  })

  test('are written as drafts, and the same file again changes nothing', async () => {
    const report = await run('manuscripts', file)
    expect(report).toMatchObject({ isWritten: true, created: 2, problems: [] })
    expect(await find('kizuna-manuscripts', '取込 一歳')).toEqual([
      expect.objectContaining({
        series: cms.series.id,
        slot: 'month12',
        edition: 'standard',
        kind: 'milestone',
        body: 'おめでとう\nございます',
        topics: ['growth', 'daily'],
        _status: 'draft',
        ageBasis: 'calendar',
        monthRule: 'friendly',
        sources: [
          expect.objectContaining({ title: '資料', accessedOn: '2026-04-01' }),
          expect.objectContaining({ title: '冊子' }),
        ],
      }),
    ])
    const before = await everything()
    expect(await run('manuscripts', file)).toMatchObject({ created: 0, changed: 0, unchanged: 2 })
    expect(await everything()).toEqual(before)
  })

  test('change only the fields the file has', async () => {
    const text = 'シリーズ,配信日,題名,件名,本文\nchild,45日,取込 四十五日,新しい件名,本文'
    const report = await run('manuscripts', text.replace('45日', '生後45日'))
    expect(report.outcomes).toEqual([
      expect.objectContaining({ action: 'changed', fields: ['subject'] }),
    ])
    const [changed] = await find('kizuna-manuscripts', '取込 四十五日')
    expect(changed).toMatchObject({ subject: '新しい件名', kind: 'stage', _status: 'draft' })
  })

  test('every wrong row is named, and nothing of the file is written', async () => {
    const before = await everything()
    const report = await run(
      'manuscripts',
      [
        header,
        'child,day200,standard,stage,取込 よい行,件名,本文,,,,',
        'none,day201,standard,stage,取込,件名,本文,,,,',
        'child,43週,standard,stage,取込,件名,本文,,,,',
        'child,day202,french,stage,取込,件名,本文,料理,,,',
        'child,day203,standard,stage,取込,,本文,,,,',
        `child,day204,standard,stage,取込,件名,${'あ'.repeat(5001)},,,,`,
        'child,day205,standard,stage,取込,件名,{{なぞ}},,,,',
        'child,24w3d,standard,stage,取込,件名,本文,,,,',
        'child,day200,standard,stage,取込 二度目,件名,本文,,,,',
        'child,day206,standard,stage,取込,件名,本文,,,,資料|http://example.jp/',
      ].join('\n'),
    )
    expect(report).toMatchObject({ isWritten: false })
    const found = report.problems.map(({ line, column, message }) => `${line} ${column} ${message}`)
    expect(found).toEqual([
      expect.stringMatching(/^3 series シリーズ「none」はありません/),
      expect.stringMatching(/^4 slot /),
      expect.stringMatching(/^5 edition 「french」は選べません/),
      expect.stringMatching(/^5 topics 「料理」は選べません/),
      expect.stringMatching(/^6 subject 空です/),
      expect.stringMatching(/^7 body .*5,?000/),
      expect.stringMatching(/^8 body .*なぞ/),
      expect.stringMatching(/^9 slot .*数え方/),
      expect.stringMatching(/^10 null 「生後200日 取込 二度目」は 2 行目にもあります/),
      expect.stringMatching(/^11 sources/),
    ])
    expect(reportLines(report).at(-1)).toContain('何も取り込みませんでした')
    expect(await everything()).toEqual(before)
  })

  test('all that is wrong with a row is told at once, and nothing that only follows from it', async () => {
    const report = await run(
      'manuscripts',
      [
        header,
        `none,day200,standard,stage,取込,件名,${'あ'.repeat(5001)},料理,,,資料|http://example.jp/`,
        // 42w0d is for the question alone; what kind this is cannot be read
        'child,42w0d,standard,なぞ,取込,件名,{{なぞ}},,,,',
        'child,42w0d,standard,stage,取込,,{{なぞ}},,,,',
      ].join('\n'),
      { isDryRun: true },
    )
    const found = report.problems.map(({ line, column }) => `${line} ${column}`)
    expect(found.toSorted()).toEqual([
      '2 body',
      '2 series',
      '2 sources',
      '2 topics',
      '3 body',
      '3 kind',
      '4 body',
      '4 slot',
      '4 subject',
    ])
  })

  test('an editor becomes the author of what they import; others may not import', async () => {
    const text = (slot: string) =>
      `series,slot,title,subject,body\nchild,${slot},取込 ${slot},件,本`
    await run('manuscripts', text('day301'), { by: 'taro' })
    const [mine] = await find('kizuna-manuscripts', '取込 day301')
    expect(mine).toMatchObject({ authors: [cms.users.taro.id] })
    const attempt = cms.rest('taro', `POST /kizuna-manuscripts/${String(mine!.id)}/approve`)
    expect((await attempt).status).toBe(403)
    for (const by of ['doctor', 'machi', 'root'] as const) {
      const report = await run('manuscripts', text('day302'), { by })
      expect(report).toMatchObject({ isWritten: false, problems: [{ line: 2 }] })
    }
    expect(await find('kizuna-manuscripts', '取込 day302')).toEqual([])
  })

  test('texts may change places, and a new one may stand where another leaves', async () => {
    const text = (...rows: string[]) => ['id,series,slot,title,subject,body', ...rows].join('\n')
    const rows = ['day401', 'day402', 'day403'].map((slot) => `,child,${slot},場所 ${slot},件,本`)
    await run('manuscripts', text(...rows))
    const [one, two, three] = await Promise.all(
      ['day401', 'day402', 'day403'].map(async (slot) => {
        const [found] = await find('kizuna-manuscripts', `場所 ${slot}`)
        return String(found!.id)
      }),
    )
    const report = await run(
      'manuscripts',
      text(
        ',child,day401,場所 新しい,件,本',
        `${one},child,day402,場所 day401,件,本`,
        `${two},child,day403,場所 day402,件,本`,
        `${three},child,day404,場所 day403,件,本`,
      ),
    )
    expect(report).toMatchObject({ created: 1, changed: 3, problems: [], isWritten: true })
    const [moved] = await find('kizuna-manuscripts', '場所 day401')
    expect(moved).toMatchObject({ id: one, slot: 'day402' })
    const taken = await run('manuscripts', text(`${one},child,day404,場所 day401,件,本`))
    expect(taken.problems).toEqual([
      expect.objectContaining({ column: 'slot', message: expect.stringContaining('場所 day403') }),
    ])
  })

  test('a text somebody is writing in stays theirs, and a dry run leaves their lock', async () => {
    const text = (body: string) => `series,slot,title,subject,body\nchild,day450,鍵,件,${body}`
    await run('manuscripts', text('本'))
    const [made] = await find('kizuna-manuscripts', '鍵')
    const lock = {
      document: { relationTo: 'kizuna-manuscripts', value: made!.id },
      user: { relationTo: 'users', value: cms.users.taro.id },
    }
    const collection = 'payload-locked-documents'
    const { id } = await cms.payload.create({ collection, data: lock as never })
    for (const isDryRun of [true, false]) {
      const report = await run('manuscripts', text('文'), { by: 'hana', isDryRun })
      expect(report.problems).toEqual([
        expect.objectContaining({
          line: 2,
          message: expect.stringContaining('いまはtaroさんが編集している'),
        }),
      ])
    }
    expect((await cms.payload.count({ collection, where: { id: { equals: id } } })).totalDocs).toBe(
      1,
    )
    await cms.payload.delete({ collection, id })
    expect(await run('manuscripts', text('文'), { by: 'hana' })).toMatchObject({ changed: 1 })
  })

  test('a series is read once a file, not once a row', async () => {
    const reads = jest.spyOn(cms.payload.db, 'findOne')
    const rows = Array.from({ length: 20 }, (_, index) => `child,day${500 + index},題,件名,本文`)
    const text = ['series,slot,title,subject,body', ...rows].join('\n')
    expect(await run('manuscripts', text, { isDryRun: true })).toMatchObject({ created: 20 })
    expect(reads.mock.calls.length).toBeLessThan(5)
    reads.mockRestore()
  })

  describe('on a machine that is too slow for a file', () => {
    const rows = [1, 2, 3].map((day) => `child,生後${800 + day}日,,,遅い ${day},件名,本文,,,,`)
    const slow = [header, ...rows].join('\n')
    const tooSlow = { isWritten: false, problems: [{ message: expect.stringMatching(/半分ずつ/) }] }

    test('it is told what to do, and nothing is written', async () => {
      const before = await everything()
      expect(await run('manuscripts', slow, { maxMs: 0 })).toMatchObject(tooSlow)
      expect(await everything()).toEqual(before)
    })

    test('what the database has ended for its time is not tried again', async () => {
      const create = jest.spyOn(cms.payload, 'create').mockImplementation(async () => {
        await new Promise((wake) => setTimeout(wake, 1100))
        throw Object.assign(new Error('Transaction has been aborted.'), { code: 251 })
      })
      const report = await run('manuscripts', slow, { maxMs: 1000 })
      const calls = create.mock.calls.length
      create.mockRestore()
      expect(report).toMatchObject(tooSlow)
      expect(calls).toBe(1)
    })
  })

  test('two hundred rows go in one piece', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => `child,day${1000 + index},題,件名,本文`)
    const text = ['series,slot,title,subject,body', ...rows].join('\n')
    expect(await run('manuscripts', text)).toMatchObject({ created: 200, isWritten: true })
  }, 120_000)
})

describe('add-ons', () => {
  const header =
    'id,municipality,title,from,to,isEndIncluded,timing,validFrom,validTo,areas,order,topics,block,text,name,url,author,publisher,place,schedule,contact'
  const file = [
    header,
    '1,999016,取込 絵本の日,4か月,1歳,いいえ,1回,2026/4/1,,北地区、南地区,10,絵本,文章,こんにちは。{{保健センター}}へ。,,,,,,,',
    '1,,,,,,,,,,,,絵本,ゆっくり読んで,もりのおはなし,https://example.jp/book,見本 たろう,見本出版,,,',
    '1,,,,,,,,,,,,団体,親子のひろば,どんぐりひろば,,,,公民館,毎週火曜,{{電話}}',
    '2,999016,取込 予約,4か月,4か月,,,,,,,,リンク,,予約する,https://example.jp/yoyaku,,,,,',
  ].join('\n')

  test('one row a block: rows with one number become one draft, and again changes nothing', async () => {
    expect(await run('addons', file)).toMatchObject({ created: 2, problems: [], isWritten: true })
    const [made] = await find('kizuna-add-ons', '取込 絵本の日')
    expect(made).toMatchObject({
      municipality: cms.municipality.id,
      from: 'month4',
      to: 'month12',
      _status: 'draft',
      isEndIncluded: false,
      timing: 'once',
      validFrom: '2026-04-01',
      order: 10,
      areas: ['北地区', '南地区'],
      topics: ['book'],
      blocks: [
        { blockType: 'text', text: 'こんにちは。{{保健センター}}へ。' },
        { blockType: 'book', title: 'もりのおはなし', author: '見本 たろう' },
        { blockType: 'group', name: 'どんぐりひろば', place: '公民館' },
      ],
    })
    const before = await everything()
    expect(await run('addons', file)).toMatchObject({ unchanged: 2, created: 0, changed: 0 })
    expect(await everything()).toEqual(before)
  })

  test('a changed block changes the add-on', async () => {
    const report = await run('addons', file.replace('毎週火曜', '毎週水曜'))
    expect(report).toMatchObject({ changed: 1, unchanged: 1 })
    expect(report.outcomes[0]).toMatchObject({ fields: ['blocks'], line: 2 })
  })

  test('every wrong row is named, and nothing of the file is written', async () => {
    const before = await everything()
    const report = await run(
      'addons',
      [
        'id,municipality,title,from,to,validFrom,validTo,areas,order,block,text,name,url',
        'a,999016,取込 よい,4か月,5か月,,,,,文章,本文,,',
        ',999016,取込,4か月,5か月,,,,,文章,本文,,',
        'b,999017,取込,4か月,5か月,,,,,文章,本文,,',
        'c,999016,取込,5か月,4か月,,,,,文章,本文,,',
        'd,999016,取込,4か月,妊娠20週,,,,,文章,本文,,',
        'e,999016,取込 e,4か月,5か月,2026-05-01,2026-04-01,,,文章,本文,,',
        'f,999016,取込 f,4か月,5か月,,,西地区,,文章,本文,,',
        'g,999016,取込 g,4か月,5か月,,,,たくさん,文章,本文,,',
        'h,999016,取込 h,4か月,5か月,,,,,写真,本文,,',
        'i,999016,取込 i,4か月,5か月,,,,,リンク,,予約,http://example.jp/',
        'a,999016,取込 ちがう題名,,,,,,,文章,続き,,',
      ].join('\n'),
    )
    expect(report.isWritten).toBe(false)
    const lines = report.problems.map(({ line }) => line)
    expect([...new Set(lines)]).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    for (const { message } of report.problems) expect(message).toMatch(/[。)]$/)
    expect(await everything()).toEqual(before)
  })

  test('a range the wrong way round is told, whatever is said of its last day', async () => {
    const report = await run(
      'addons',
      [
        'id,municipality,title,from,to,isEndIncluded,timing,block,text',
        'a,999016,取込 海,8か月,4か月,たぶん,ときどき,文章,本文',
        // whether this day is reached is what cannot be read
        'b,999016,取込 山,4か月,4か月,たぶん,毎回,文章,本文',
      ].join('\n'),
      { isDryRun: true },
    )
    const found = report.problems.map(({ line, column }) => `${line} ${column}`)
    expect(found).toEqual(['2 isEndIncluded', '2 timing', '2 to', '3 isEndIncluded'])
  })

  test('all that is wrong with an add-on is told at once, and nothing that only follows from it', async () => {
    const report = await run(
      'addons',
      [
        'id,municipality,title,from,to,validFrom,validTo,areas,block,text,name,url',
        // an unknown area beside a reversed range and a link without TLS
        'a,999016,取込 海,5か月,4か月,,,海地区,リンク,,予約,http://example.jp/',
        // cells that cannot be read beside contents that are wrong
        'b,999016,取込 山,4か月,5か月,2026-13-01,,山地区,文章,{{なぞ}},,',
        'b,,,,,,,,写真,,,',
        'b,,,,,,,,リンク,,予約,http://example.jp/b',
        // of an unknown town neither areas nor words are known; a slot that cannot be read has no order
        'c,999017,取込 川,たくさん,4か月,,,川地区,文章,{{なぞ}},,',
        // twice, and wrong as well
        'd,999016,取込 谷,4か月,5か月,,,,リンク,,予約,https://example.jp/d',
        'e,999016,取込 谷,4か月,5か月,,,,リンク,,予約,http://example.jp/e',
      ].join('\n'),
      { isDryRun: true },
    )
    const found = report.problems.map(({ line, column }) => `${line} ${column}`)
    expect(found.toSorted()).toEqual([
      '2 areas',
      '2 to',
      '2 url',
      '3 areas',
      '3 text',
      '3 validFrom',
      '4 block',
      '5 url',
      '6 from',
      '6 municipality',
      '8 null',
      '8 url',
    ])
  })

  test('what is wrong with a block stands in its own row, in the column it has there', async () => {
    const file = [
      '番号,自治体コード,題名,はじめ,おわり,部品,文章,リンクの文字,リンク先',
      `a,${cms.municipality.code},取込 場所,4か月,5か月,文章,本文です。,,`,
      'a,,,,,リンク,,予約,https://user:pw@example.jp/',
      'a,,,,,リンク,,地図,https://example.jp/%E3%81?x=%',
      `b,${cms.municipality.code},取込 外字,4か月,5か月,文章,\uE000です。,,`,
    ].join('\n')
    const named = file.replace('リンクの文字', '名前')
    const report = await run('addons', named)
    expect(
      report.problems.map(({ line, column, heading, value }) => [line, column, heading, value]),
    ).toEqual([
      [3, 'url', 'リンク先', 'https://user:pw@example.jp/'],
      [4, 'url', 'リンク先', 'https://example.jp/%E3%81?x=%'],
      [5, 'text', '文章', expect.stringContaining('です。')],
    ])
  })

  test('municipal editors import for their own municipality only', async () => {
    const text =
      'id,municipality,title,from,to,block,text\n1,999016,取込 町の,4か月,5か月,文章,本文'
    expect(await run('addons', text, { by: 'machi' })).toMatchObject({ created: 1 })
    const [made] = await find('kizuna-add-ons', '取込 町の')
    expect(made).toMatchObject({ authors: [cms.users.machi.id] })
    const report = await run('addons', text.replace('町の', '別の'), { by: 'mayu' })
    expect(report).toMatchObject({ isWritten: false })
  })
})

describe('what a spreadsheet changes by itself changes nothing', () => {
  const header = 'シリーズ,配信日,題名,件名,本文'
  const row = (title: string, body: string) => `${header}\nchild,生後400日,${title},件名,${body}`

  test('signs that Shift_JIS has once, composition, blanks at the end', async () => {
    await run('manuscripts', row('取込 往復', 'がんばる 10〜20 — ¥5'))
    const back = [
      row('取込 往復', 'がんばる 10～20 ― \\5'),
      row('取込 往復 ', 'か\u3099んは\u3099る 10〜20 — ¥5\u200B'),
    ]
    for (const text of back) {
      expect(await run('manuscripts', text)).toMatchObject({ unchanged: 1, problems: [] })
    }
    expect(await run('manuscripts', row('取込 往復', 'がんばる 10～20 ― \\5 改'))).toMatchObject({
      changed: 1,
    })
    expect(await find('kizuna-manuscripts', '取込 往復')).toMatchObject([
      { body: 'がんばる 10〜20 — ¥5 改' },
    ])
  })

  test('signs that were lost are named, and nothing is written', async () => {
    await run('manuscripts', row('取込 往復', '👶🏻の健診に髙橋さん'))
    const report = await run('manuscripts', row('取込 往復', '????の健診に?橋さん'))
    expect(report.problems).toMatchObject([
      { line: 2, column: 'body', heading: '本文', value: '????の健診に?橋さん' },
    ])
    expect(report.problems[0]!.message).toMatch(/「👶🏻」.*「髙」|「髙」.*「👶🏻」/)
  })

  test('add-ons whose titles look the same are one', async () => {
    const code = cms.municipality.code
    const addOn = (title: string, text: string) =>
      `id,municipality,title,from,to,block,text\no1,${code},${title},month4,month12,text,${text}`
    const text = 'がぎぐげご読み聞かせ会です。'
    expect(await run('addons', addOn('パパとあそぼう①デー', text))).toMatchObject({ created: 1 })
    const same = [
      addOn('パパとあそぼう①デー ', text),
      addOn('ハ\u309Aハ\u309Aとあそほ\u3099う①テ\u3099ー', text.normalize('NFD')),
    ]
    for (const one of same) expect(await run('addons', one)).toMatchObject({ unchanged: 1 })
    expect(await run('addons', addOn('ﾊﾟﾊﾟとあそぼう1デー', text))).toMatchObject({ changed: 1 })
  })

  test('labels beside codes are read', async () => {
    const [series] = (await cms.payload.find({ collection: 'kizuna-series' })).docs
    const written = [
      series!.name,
      `${series!.code}(${series!.name})`,
      `${series!.name} ${series!.code}`,
    ]
    const rows = written.map(
      (one, index) => `${one},生後${500 + index}日,standard(標準),取込,件名,本文`,
    )
    const text = ['シリーズ,配信日,版,題名,件名,本文', ...rows].join('\n')
    expect(await run('manuscripts', text, { isDryRun: true })).toMatchObject({
      created: 3,
      problems: [],
    })
  })
})

test('a file holds what the list is narrowed to, and nothing else', async () => {
  const found = await cms.draft({ title: 'しぼりこみ 一', body: '離乳食のかたさについて。' })
  await cms.draft({ title: 'しぼりこみ 二', body: 'お風呂の温度について。' })
  const none = { and: [{ edition: { equals: 'easy' } }] }
  for (const [query, rows] of [
    [{ words: '離乳食のかたさ' }, 1],
    [{ search: 'しぼりこみ' }, 2],
    [{ search: 'しぼりこみ', where: JSON.stringify({ title: { like: '一' } }) }, 1],
    [{ search: 'しぼりこみ', where: JSON.stringify(none) }, 0],
  ] as const) {
    const lines = await exported(query)
    expect([query, lines.length]).toEqual([query, 1 + rows])
    if (rows === 1) expect(lines[1]).toContain(String(found.id))
  }
})

test('a filter that is none is refused with a sentence', async () => {
  const [answer] = await exported({ where: '{"title":{"$where":"1"}}' }, 400)
  expect(answer).toContain('絞り込みの条件を読めません')
})

async function exported(asked: Record<string, string>, status = 200): Promise<string[]> {
  const query = new URLSearchParams({ kind: 'manuscripts', format: 'csv', ...asked })
  const request = new Request(`http://cms.example/api/sheets/export?${query.toString()}`, {
    headers: { authorization: `JWT ${cms.tokens.hana}` },
  })
  const response = await handleEndpoints({ config: cms.config, request })
  expect(response.status).toBe(status)
  return (await response.text()).trim().split('\r\n')
}
