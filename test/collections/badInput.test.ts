// Bad input is refused at its field, with a sentence that says what to do.
import { afterAll, describe, expect, test } from '@jest/globals'

import { startCms, type Answer } from './cms'
import { addOnData, lineAccountData, manuscriptData, opened, seriesData } from './documents'
import { gather, insert, municipalityData } from './people'

const cms = await startCms()
const people = await gather(cms)
const series = await insert(cms, 'kizuna-series', seriesData())
const pregnancy = await insert(cms, 'kizuna-series', {
  ...seriesData(),
  anchor: 'dueDate',
  from: '4w0d',
  to: '41w6d',
})
afterAll(() => cms.stop())

interface FieldError {
  path: string
  message: string
}

function errorsOf({ body }: Answer): FieldError[] {
  const errors = (body.errors ?? []) as { data?: { errors?: FieldError[] } }[]
  return errors.flatMap(({ data }) => data?.errors ?? [])
}

async function refusal(collection: string, as: string | undefined, body: object) {
  const answer = await cms.rest({ method: 'POST', path: `/${collection}?draft=true`, as, body })
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 400 })
  return errorsOf(answer)
}

const sentence = /[。]$/

describe('manuscripts', () => {
  const as = people.as.editor

  test.each([
    ['slot', { slot: 'あした' }, /配信日として読めません/],
    ['slot', { slot: '3w6d', series: pregnancy }, /4w0d/],
    ['slot', { slot: '42w0d', series: pregnancy }, /41w6d/],
    ['slot', { slot: '24w0d', kind: 'question', series: pregnancy }, /42w0d/],
    ['slot', { slot: '24w0d' }, /数え方が違う/],
    ['slot', { slot: 'month999' }, /month240/],
    ['body', { body: 'あ'.repeat(5001) }, /5,000 文字まで/],
    ['body', { body: '{{お名前}} さんへ' }, /という変数はありません/],
    ['body', { body: '{{電話 へ' }, /かっこ/],
    ['subject', { subject: '1 行目\n2 行目' }, /1 行/],
    ['ageBasis', { ageBasis: 'corrected', monthRule: 'legal' }, /修正月齢/],
    ['title', { title: ' ' }, /題名/],
    ['title', { title: '\u200b' }, /題名.*空です.*U\+200B/],
    ['title', { title: '1 行目\n2 行目' }, /1 行/],
    ['subject', { subject: '\ufeff' }, /件名が空です.*U\+FEFF/],
    ['body', { body: '\u00ad\u200b' }, /本文が空です.*U\+00AD、U\+200B/],
    ['body', { body: '会場は町の\ue000です。' }, /6 文字目.*外字\(U\+E000\)/],
    ['body', { body: 'あ'.repeat(900_000) }, /5,000 文字まで/],
  ])('%s %j', async (path, wrong, expected) => {
    const errors = await refusal('kizuna-manuscripts', as, { ...manuscriptData(series), ...wrong })
    expect(errors).toContainEqual({
      ...errors.find((error) => error.path === path),
      path,
      message: expect.stringMatching(expected),
    })
    expect(errors.every(({ message }) => sentence.test(message))).toBe(true)
  })

  test('a second text on the same slot and edition is refused and named', async () => {
    const first = manuscriptData(series)
    await insert(cms, 'kizuna-manuscripts', { ...first, title: '先にあった原稿' })
    const errors = await refusal('kizuna-manuscripts', as, { ...first, slot: first.slot })
    expect(errors).toEqual([expect.objectContaining({ path: 'slot' })])
    expect(errors[0]?.message).toContain('先にあった原稿')
  })

  test('the same slot in another edition is fine', async () => {
    const first = manuscriptData(series)
    await insert(cms, 'kizuna-manuscripts', first)
    const body = { ...first, edition: 'easy' }
    const answer = await cms.rest({
      method: 'POST',
      path: '/kizuna-manuscripts?draft=true',
      as,
      body,
    })
    expect(answer.status).toBe(201)
  })

  test('a draft may still lack its body; its slot is stored as a code with its label', async () => {
    const body = { ...manuscriptData(series), slot: '3歳10か月と1日', body: '' }
    const answer = await cms.rest({
      method: 'POST',
      path: '/kizuna-manuscripts?draft=true',
      as,
      body,
    })
    expect(answer.status).toBe(201)
    expect(answer.body.doc).toMatchObject({ slot: 'month46+1', slotLabel: '3歳10か月と1日' })
  })

  test('a draft that moves away leaves its day free', async () => {
    const first = manuscriptData(series)
    const id = await insert(cms, 'kizuna-manuscripts', first)
    const moved = {
      slot: manuscriptData(series).slot,
      ...(await opened(cms, 'kizuna-manuscripts', id)),
    }
    const path = `/kizuna-manuscripts/${id}?draft=true`
    expect((await cms.rest({ method: 'PATCH', path, as, body: moved })).status).toBe(200)
    const answer = await cms.rest({
      method: 'POST',
      path: '/kizuna-manuscripts?draft=true',
      as,
      body: first,
    })
    expect(answer.status).toBe(201)
  })
})

describe('add-ons', () => {
  const as = people.as['municipal-editor']
  const book = { blockType: 'book', title: 'もりのおはなし' }

  test.each([
    ['from', { from: 'いつか' }, /配信日として読めません/],
    ['to', { to: 'month3' }, /後の日にしてください/],
    ['to', { from: '24w0d' }, /同じ日から数える/],
    ['validTo', { validFrom: '2026-05-01', validTo: '2026-04-30' }, /前です/],
    ['validFrom', { validFrom: '2026-02-30' }, /という日はありません/],
    ['areas', { areas: ['東地区'] }, /北地区、南地区/],
    ['blocks.0.url', { blocks: [{ ...book, url: 'http://example.jp/' }] }, /https/],
    ['blocks.0.imageUrl', { blocks: [{ ...book, imageUrl: 'https://example.jp/a.webp' }] }, /JPEG/],
    ['blocks.0.text', { blocks: [{ blockType: 'text', text: '{{保険証}}' }] }, /変数はありません/],
    ['order', { order: 1.5 }, /整数/],
    ['title', { title: '' }, /見出し/],
    ['title', { title: '\u2060' }, /見出しが空です/],
  ])('%s %j', async (path, wrong, expected) => {
    const errors = await refusal('kizuna-add-ons', as, { ...addOnData(people.own), ...wrong })
    expect(errors.find((error) => error.path === path)?.message).toMatch(expected)
  })

  test("the municipality's own variables may be used", async () => {
    const blocks = [{ blockType: 'text', text: '{{保健センター}} か {{電話}} へ' }]
    const body = { ...addOnData(people.own), blocks }
    const answer = await cms.rest({ method: 'POST', path: '/kizuna-add-ons?draft=true', as, body })
    expect(answer.status).toBe(201)
  })
})

describe('municipalities', () => {
  const as = people.as.admin

  test.each([
    ['code', { code: '131017' }, /検査数字/],
    ['accent', { accent: '#ffff00' }, /コントラスト/],
    ['mailFrom', { mailFrom: 'a@example.jp\nBcc: b@example.jp' }, /差出アドレス/],
    ['mailFrom', { mailFrom: '子育て@example.jp' }, /「子育て@example.jp」は差出アドレスに使え/],
    ['mailFrom', { mailFrom: 'a..b@example.jp' }, /「a..b@example.jp」は差出アドレスに使え/],
    ['senderName', { senderName: '町\n便り' }, /1 行/],
    ['senderName', { senderName: '\u200b' }, /差出人の名前が空です/],
    ['senderName', { senderName: '町'.repeat(51) }, /50 文字まで/],
    ['contact.hours', { contact: contactWith({ hours: '時'.repeat(900_000) }) }, /60 文字まで/],
    ['contact.phone', { contact: contactWith({ phone: '窓口まで' }) }, /「窓口まで」を読めません/],
    ['contact.phone', { contact: contactWith({ phone: '0'.repeat(60_000) }) }, /60 文字まで/],
    ['contact.department', { contact: contactWith({ department: '\ue000課' }) }, /外字/],
    ['dailyCap', { dailyCap: 0 }, /1 から 10/],
    ['lineAccount', { channels: ['line'] }, /LINE アカウントを選んで/],
    ['windows.line.to', { windows: window('20:00', '09:00') }, /後の時刻/],
    ['windows.line.from', { windows: window('9時', '20:00') }, /時2桁/],
    [
      'hours',
      { hours: ['18-00', '20-00'] },
      /^20:00 は、「メール」の送る時間\(09:00〜20:00\)に合いません/,
    ],
    ['hours', { hours: ['09-00'] }, /始まりより後で、終わりの 30 分前まで/],
    ['hours', { hours: ['18-10'] }, /選択肢から選んで/],
    ['contact.url', { contact: contactWith({ url: 'http://a.jp' }) }, /https/],
    ['areas', { areas: [{ name: '北' }, { name: '北' }] }, /2 回/],
    ['contactVariables.0.name', { contactVariables: [{ name: '電話', value: '1' }] }, /決まった/],
    ['series', { series: [{ series }, { series }] }, /重なって/],
    ['series.0.to', { series: [{ series, from: 'month6', to: 'month3' }] }, /前です/],
  ])('%s %j', async (path, wrong, expected) => {
    const errors = await refusal('kizuna-municipalities', as, { ...municipalityData(), ...wrong })
    expect(errors.find((error) => error.path === path)?.message).toMatch(expected)
  })

  test('two municipalities cannot have one code', async () => {
    const data = municipalityData()
    await insert(cms, 'kizuna-municipalities', data)
    const errors = await refusal('kizuna-municipalities', as, data)
    expect(errors).toEqual([expect.objectContaining({ path: 'code' })])
    expect(errors[0]?.message).toContain('別の値')
  })

  function contactWith(wrong: object) {
    return { ...municipalityData().contact, ...wrong }
  }

  function window(from: string, to: string) {
    return { line: { from, to }, mail: { from: '09:00', to: '20:00' } }
  }
})

test('users need a role, reviewers a discipline, local people a municipality', async () => {
  const user = { kizunaName: '人', email: 'someone@example.jp', password: 'himitsu-no-kotoba' }
  const as = people.as.admin
  const paths = async (data: object) => (await refusal('users', as, data)).map(({ path }) => path)
  expect(await paths({ ...user, kizunaRoles: [] })).toEqual(['kizunaRoles'])
  expect(await paths({ ...user, kizunaRoles: ['reviewer'] })).toEqual(['kizunaDisciplines'])
  expect(await paths({ ...user, kizunaRoles: ['municipal-editor'] })).toEqual([
    'kizunaMunicipality',
  ])
})

test('a LINE account needs a secret of the right form', async () => {
  const as = people.as.admin
  const errors = await refusal('kizuna-line-accounts', as, {
    ...lineAccountData(),
    channelSecret: 'abc',
  })
  expect(errors).toEqual([expect.objectContaining({ path: 'channelSecret' })])
})
