// あなたのデータ: a copy of all that is stored of a reader, for them alone; and its end.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { HANAKO, registration, TARO } from '../../readers/openStore'
import { openWeb } from '../openWeb'
import { sendText } from '../texts/sentText'

let web: Awaited<ReturnType<typeof openWeb>>
let mother: { readerId: string; childId: string }
let base: string

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
  const { readerId, childId } = await web.readers.register(registration())
  mother = { readerId, childId }
  base = await web.enter(web.links.askedPageUrl(readerId))
})

const page = async (path: string) => bodyOf(await (await web.get(path)).text())
const copy = (go: 'json' | 'text') => web.post(`${base}/data`, { go })

describe('the copy', () => {
  test('is all that is stored, each field with what it means, in a file of a neutral name', async () => {
    await web.readers.addChild({ readerId: mother.readerId, birthDate: '2024-02-29' })
    await sendText(web, { ...mother, slot: '24w1d', day: '2026-11-22' })
    await sendText(web, { ...mother, slot: '24w2d', day: '2026-11-23', state: 'rejected' })
    const answer = await copy('json')
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="copy.json"; filename*=UTF-8''${encodeURIComponent('あなたのデータ.json')}`,
    )
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const json = (await answer.json()) as Record<string, Record<string, unknown>[]>
    expect(json).toMatchObject({
      registration: [{ municipality: 'みなと町', relation: 'mother', source: 'poster' }],
      contacts: [{ channel: 'line', address: HANAKO.address, contactStatus: 'active' }],
      stops: [],
      texts: [
        { day: '2026-11-23', slot: '24w2d', outcome: 'rejected' },
        { day: '2026-11-22', slot: '24w1d', outcome: 'accepted' },
      ],
      visits: [{ until: expect.any(String) }],
    })
    expect(json.children).toHaveLength(2)
    const fields = Object.values(json).flatMap((part) =>
      Array.isArray(part) ? part.flatMap((one) => Object.keys(one)) : [],
    )
    const meaning = json.meaning as unknown as Record<string, string>
    for (const field of fields) expect(meaning[field]).toMatch(/[ぁ-んァ-ン一-龠]/)
  })

  test('is to be read as text, too', async () => {
    const answer = await copy('text')
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="copy\.txt"; filename\*=UTF-8''(%[0-9A-F]{2})+\.txt$/,
    )
    const text = await answer.text()
    expect(text).toContain('■ お子さん\n出産予定日: 2027年3月13日(土)')
    expect(text).toContain(`連絡先: ${HANAKO.address}`)
    expect(text).not.toMatch(/undefined|null|\[object/)
    expect(text).toContain('配信の状態: 届く')
    expect(text).not.toMatch(/: (active|line|accepted)$/m)
  })

  test('says how texts are wished, and what was done at the counter, in words and by nobody', async () => {
    const { readerId } = mother
    const wishes = { hour: '19:00', discreet: true, declined: ['mothersDay', 'events'] }
    await web.readers.changeWishes({ readerId, wishes } as never)
    const at = { by: 'staff-7', municipality: '999016' } as never
    await web.readers.counter.note(at, { act: 'find', reader: readerId })
    await web.readers.counter.note(at, { act: 'change', reader: readerId, detail: 'edition,area' })
    await web.readers.counter.note(at, { act: 'stop', reader: readerId, detail: 'child' })
    await web.readers.counter.note(at, { act: 'stop', reader: 'another', detail: 'all' })
    const text = await (await copy('text')).text()
    expect(text).toContain(
      '届く時刻: 19:00 ごろ\n通知に出す内容: 出さない\n届けない話題: 母の日・地域の行事\n',
    )
    expect(text).toContain('したこと: 変更\nくわしく: 文章の書き方、お住まいの地区')
    expect(text).toContain('したこと: 停止\nくわしく: お子さんの分')
    expect(text).toContain('したこと: 登録を開いた\nくわしく: ありません')
    expect(text).not.toMatch(/staff-7|すべて/)
    expect(text).toContain('まだ届いていない知らせ\nありません')
    const json = (await (await copy('json')).json()) as Record<string, unknown[]>
    expect(json.counter).toHaveLength(3)
  })

  test('says what holds of wishes that were not made, in easy words too', async () => {
    const { readerId } = mother
    expect(await (await copy('text')).text()).toContain(
      '届く時刻: いつもの時刻\n通知に出す内容: おまかせ\n届けない話題: なし\n',
    )
    await web.readers.changeProfile({ readerId, edition: 'easy' })
    const text = await (await copy('text')).text()
    expect(text).toContain('子(こ)どもから 見(み)た あなた: お母(かあ)さん\n')
    expect(text).toContain('画面(がめん)の 通知(つうち): 選(えら)んでいません\n')
    expect(text).toContain('届(とど)けない もの: なし\n')
  })

  test('says of an answer nobody had to give that it was not given, in easy words too', async () => {
    const said = ['お住まいの地区', '誕生日'].map((field) => `${field}: 登録していません\n`)
    const text = await (await copy('text')).text()
    for (const one of said) expect(text).toContain(one)
    await web.readers.changeProfile({ readerId: mother.readerId, edition: 'easy' })
    const easy = await (await copy('text')).text()
    expect(easy).toContain('住(す)んでいる ところ: 教(おし)えて もらっていません\n')
    await web.readers.changeProfile({ readerId: mother.readerId, area: '南' })
    expect(await (await copy('text')).text()).toContain('住(す)んでいる ところ: 南\n')
  })

  test('says that dates were changed before anybody is told, and not by whom', async () => {
    const sharedChildren = [mother.childId]
    const shared = registration({ address: TARO, relation: 'father', sharedChildren, child: {} })
    const father = await web.readers.register(shared)
    const of = { readerId: mother.readerId, childId: mother.childId }
    await web.readers.changeAnchor({ ...of, dates: { dueDate: '2027-03-20' } })
    const enter = web.links.askedPageUrl(father.readerId)
    const his = await (await web.post(`${await web.enter(enter)}/data`, { go: 'text' })).text()
    expect(his).toMatch(
      /まだ届いていない知らせ\nどのお子さん\(上の一覧の順\): 1\n知らせる日時: 2026年/,
    )
    expect(his).not.toContain(mother.readerId)
    expect(await (await copy('text')).text()).toContain('まだ届いていない知らせ\nありません')
  })

  test('tells of others their relation alone, and of nobody who stopped', async () => {
    const sharedChildren = [mother.childId]
    const father = await web.readers.register(
      registration({ address: TARO, relation: 'father', sharedChildren, child: {} }),
    )
    const before = await (await copy('text')).text()
    expect(before).toContain('いっしょに登録しているご家族(続柄だけ): 父')
    expect(before).not.toMatch(new RegExp(`${TARO.address}|${father.readerId}`, 'i'))
    expect(before).not.toContain(mother.readerId)
    await web.readers.stopReader(father.readerId)
    expect(await (await copy('text')).text()).toBe(before)
  })

  test('is for who has stopped, too, and for no forwarded link', async () => {
    await web.post(`${base}/stop`)
    expect(await page(base)).toContain('あなたのデータ')
    expect((await copy('json')).status).toBe(200)
    const elsewhere = await fetch(`${web.url}${base}/data`, { method: 'POST' })
    expect(elsewhere.status).toBe(410)
    const text = new URL(web.links.textUrl({ readerId: mother.readerId, town: '999016' })).pathname
    expect(await page(text)).not.toContain('データ')
  })
})

describe('erasing', () => {
  test('is one quiet page that says what goes, what stays and why, and one confirmation', async () => {
    const asked = await (await web.get(`${base}/erase`)).text()
    expect(asked).toContain('class="quiet"')
    expect(asked.match(/<button/g)).toHaveLength(1)
    expect(bodyOf(asked)).toMatch(
      /あなたのデータを消します。.*もとにもどせません。.*いますぐ消えるもの.*あすまでに消えるもの.*残るもの.*古い名簿/,
    )
    expect(await web.readers.findReader(mother.readerId)).toMatchObject({ status: 'active' })
  })

  test('a page that was left open promises no link to whose data is gone', async () => {
    await web.readers.eraseReader({ readerId: mother.readerId })
    for (const path of [base, `${base}/about`, `${base}/data`]) {
      const left = await page(path)
      expect(left).toContain('データを消したあと、ほかの人から受け取ったアドレスでは、開けません。')
      expect(left).toContain('登録が終わっているときは、リンクは届きません。')
    }
  })

  test('afterwards each link says that nothing comes, and nothing does', async () => {
    const links = [
      web.links.askedPageUrl(mother.readerId),
      web.links.textUrl({ readerId: mother.readerId, town: '999016' }),
      web.links.stopUrl({ readerId: mother.readerId, town: '999016' }),
    ].map((link) => new URL(link).pathname)
    const answer = await web.post(`${base}/erase`)
    expect(answer.status).toBe(303)
    const erased = await (await web.land(answer)).text()
    expect(bodyOf(erased)).toBe('消しました。 これからは、何も届きません。')
    expect(erased).toContain('href="tel:0300000000"')
    expect((await web.get('/erased/standard/..%2Fx')).status).toBe(200)
    expect((await web.get(base)).status).toBe(410)
    for (const link of links) expect((await web.get(link)).status).toBe(410)
    expect(await web.collections.children.countDocuments()).toBe(0)
    const [left] = await web.readers.findByIdentity(HANAKO)
    expect(left).toMatchObject({ status: 'stopped', identities: [{ sealed: '' }] })
  })

  test('who has registered again has a page, and nothing of before', async () => {
    await sendText(web, { ...mother, slot: '24w1d', day: '2026-11-22' })
    await web.post(`${base}/erase`)
    const again = await web.readers.register(registration({ child: { dueDate: '2027-08-01' } }))
    base = await web.enter(web.links.askedPageUrl(again.readerId))
    const own = await page(base)
    expect(own).toContain('出産予定日 2027年8月1日')
    expect(own).not.toContain('2027年3月')
    expect(await page(`${base}/texts`)).toContain('まだ、お送りした文はありません。')
  })
})

function bodyOf(page: string): string {
  const body = /<main>(.*)<\/main>/s.exec(page)?.[1] ?? ''
  return body
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
