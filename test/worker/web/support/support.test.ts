// product.md, rule 1: rights and contacts are read by choice, of a reviewed text alone; support texts
// are asked for on the own page, and ended by one press, by a link too.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { liveContent } from '../../../../src/release/live'
import { addOn, release, supporting, supportTexts, text } from '../../../src/plan/town'
import { registration, TARO } from '../../readers/openStore'
import { openBrowser } from '../browser'
import { openWeb } from '../openWeb'

const PAGE = text({
  slot: 'support0',
  subject: '手続きのご案内',
  body: '産婦健診があります。\n\n{{担当課}}({{電話}})へ。https://minato.example/sango',
})
const EASY = text({
  slot: 'support0',
  edition: 'easy',
  subject: 'やさしい ページ',
  body: 'だいじょうぶ。',
})
const [, ...texts] = supportTexts()
const PUBLISHED = liveContent([release(PAGE), release(EASY), ...texts])
const MISSING = liveContent([])

let web: Awaited<ReturnType<typeof openWeb>>
let mother: { readerId: string; childId: string }
let father: { readerId: string; childId: string }

beforeAll(async () => {
  web = await openWeb({ towns: [supporting({ areas: [] })] })
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
  web.state.content = PUBLISHED
  mother = await web.readers.register(registration())
  const shared = { sharedChildren: [mother.childId], child: {} }
  father = await web.readers.register(
    registration({ address: TARO, relation: 'father', ...shared }),
  )
})

const pathOf = (url: string) => new URL(url).pathname
const enter = async (readerId = mother.readerId) => {
  const phone = openBrowser(web.url)
  const own = await phone.press(await phone.open(pathOf(web.links.askedPageUrl(readerId))))
  return { phone, base: own.url }
}
const bodyOf = (page: string) =>
  /<main>(.*)<\/main>/s
    .exec(page)![1]!
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
const supportOf = async (readerId: string) => (await web.readers.findReader(readerId))?.support

describe('the page everybody may open', () => {
  const open = async (path = '/support/999016') => {
    const answer = await web.get(path)
    return { status: answer.status, page: await answer.text() }
  }

  test('says what was published, with the town’s words and links, and whom to ask', async () => {
    const { page } = await open()
    expect(bodyOf(page)).toContain(
      '手続きのご案内 産婦健診があります。 子育て支援課(03-0000-0000)へ。',
    )
    expect(page).toContain('<a href="https://minato.example/sango" rel="noreferrer">')
    expect(page).toContain('href="tel:')
    expect(bodyOf((await open('/support/999016?lang=easy')).page)).toContain('やさしい ページ')
  })

  test('names the town’s contact alone where nothing is published', async () => {
    web.state.content = MISSING
    const { status, page } = await open()
    expect(status).toBe(200)
    expect(bodyOf(page)).toMatch(/^手続きや相談先 みなと町 子育て支援課 電話/)
    expect(page).not.toMatch(/産婦|給付|手帳|からだとこころ|見本/)
  })

  test('names a telephone that is answered at night, and none of bringing up a child', async () => {
    const page = await (await web.get('/support/999016')).text()
    expect(page).toContain('href="tel:0120279338"')
    expect(page).not.toContain('189')
  })

  test('bears what the town has added, with its own variables', async () => {
    const own = { from: 'support0', blocks: [{ blockType: 'text', text: '{{窓口}}にもどうぞ。' }] }
    const added = release(addOn(own), { variables: { 窓口: '2階の3番' } })
    web.state.content = { ...PUBLISHED, addOns: liveContent([added]).addOns }
    expect(bodyOf((await open()).page)).toContain('2階の3番にもどうぞ。')
  })

  test('asks for nobody’s texts, and says where one can', async () => {
    const { page } = await open()
    expect(page).toContain('href="/r/999016/change"')
    expect(page).not.toContain('<form')
    expect((await open('/support/123456')).status).toBe(404)
  })
})

describe('support texts', () => {
  test('are asked for in two presses after a stop, and the page says when the first comes', async () => {
    const { phone, base } = await enter()
    const asked = await phone.open(`${base}/children/${mother.childId}/stop`)
    const stopped = await phone.press(asked)
    expect(stopped.page).toContain(`href="${base}/support"`)
    const page = await phone.open(`${base}/support`)
    expect(bodyOf(page.page)).toContain('ぜんぶで 3 通、少しずつ届きます。')
    const question = await phone.open(`${base}/support/ask`)
    expect(bodyOf(question.page)).toBe(
      'からだとこころの文を受け取ります。 はじめの文は、2026年11月24日(火)に届きます。 受け取る もどる',
    )
    expect(await supportOf(mother.readerId)).toBeUndefined()
    const done = await phone.press(question)
    expect(done).toMatchObject({ url: `${base}/support`, isReloadable: true })
    expect(bodyOf(done.page)).toContain(
      'からだとこころの文が届きます。次は、2026年11月24日(火)です。 からだとこころの文を止める',
    )
    expect(await supportOf(mother.readerId)).toMatchObject({ from: '2026-11-23' })
    expect(await supportOf(father.readerId)).toBeUndefined()
    expect(done.page).toContain(`<a href="${base}">もどる</a>`)
  })

  test('that come are told of on the own page, which ends them; not while their reader rests', async () => {
    await web.readers.stopChild(mother)
    await web.readers.askSupport(mother.readerId)
    const { phone, base } = await enter()
    const own = await phone.open(base)
    expect(bodyOf(own.page)).toMatch(
      /^からだとこころの文が届きます。次は、2026年11月24日\(火\)です。 からだとこころの文を止める/,
    )
    await web.readers.rest({ readerId: mother.readerId, until: null })
    const resting = bodyOf((await phone.open(base)).page)
    expect(resting).toMatch(/^いま届く配信はありません。 休んでいます。/)
    await web.readers.comeBack(mother.readerId)
    expect((await phone.press(own)).url).toBe(`${base}/support/ended`)
    expect(await supportOf(mother.readerId)).toBeUndefined()
    expect(bodyOf((await phone.open(base)).page)).toMatch(/^いま届く配信はありません。/)
  })

  test('are told of beside the texts of a child that goes on', async () => {
    await web.readers.addChild({ readerId: mother.readerId, birthDate: '2024-02-29' })
    await web.readers.stopChild(mother)
    await web.readers.askSupport(mother.readerId)
    const { phone, base } = await enter()
    const { page } = await phone.open(base)
    expect(page).toContain('からだとこころの文が届きます。次は、2026年11月24日(火)です。')
    expect(page).toContain(`action="${base}/support/end"`)
  })

  test('are offered to nobody before a stop, whatever is asked for', async () => {
    const { phone, base } = await enter()
    expect(bodyOf((await phone.open(`${base}/support`)).page)).not.toContain('からだとこころ')
    expect((await phone.open(`${base}/support/ask`)).url).toBe(`${base}/support`)
    await web.post(`${base}/support/ask`)
    await phone.press({ ...(await phone.open(`${base}/support`)), url: `${base}/support/ask` })
    expect(await supportOf(mother.readerId)).toBeUndefined()
  })

  test('the other one of the family finds them too, and says nothing of the first', async () => {
    await web.readers.stopChild(mother)
    await web.readers.askSupport(mother.readerId)
    const { phone, base } = await enter(father.readerId)
    expect((await phone.open(base)).page).toContain(`href="${base}/support"`)
    const page = bodyOf((await phone.open(`${base}/support`)).page)
    expect(page).toContain('からだとこころの文を受け取る')
    expect(page).not.toContain('からだとこころの文を止める')
    await phone.press(await phone.open(`${base}/support/ask`))
    expect(await supportOf(father.readerId)).toMatchObject({ from: '2026-11-23' })
  })

  test('are not offered where the town has none', async () => {
    await web.readers.stopChild(mother)
    web.state.content = liveContent([release(PAGE)])
    const { phone, base } = await enter()
    expect(bodyOf((await phone.open(`${base}/support`)).page)).not.toContain('からだとこころ')
  })

  test('end by one press, on the page, in the menu, and by the link under a text', async () => {
    await web.readers.stopChild(mother)
    const { phone, base } = await enter()
    const stopLink = pathOf(web.links.stopUrl({ readerId: mother.readerId, town: '999016' }))
    for (const place of [`${base}/support`, `${base}/quiet`, stopLink]) {
      await web.readers.askSupport(mother.readerId)
      const page = await phone.open(place)
      const ended = await phone.press(page)
      expect(bodyOf(ended.page)).toMatch(/^止めました。/)
      expect(await supportOf(mother.readerId)).toBeUndefined()
    }
  })

  test('cannot be asked for by a link that only stops', async () => {
    await web.readers.stopChild(mother)
    const stopLink = pathOf(web.links.stopUrl({ readerId: mother.readerId, town: '999016' }))
    expect((await web.post(`${stopLink}/support/ask`)).status).toBe(404)
    expect(await supportOf(mother.readerId)).toBeUndefined()
  })

  test('said to be over when none is left, and not offered again', async () => {
    await web.readers.stopChild(mother)
    await web.readers.askSupport(mother.readerId)
    web.clock.now = new Date(web.clock.now.getTime() + 9 * 24 * 3600_000)
    const { phone, base } = await enter()
    const page = bodyOf((await phone.open(`${base}/support`)).page)
    expect(page).toContain('からだとこころの文は、おわりました。')
    expect((await phone.open(`${base}/support/ask`)).url).toBe(`${base}/support`)
  })

  test('no page of them shows a stage, a date of the child or a word that hurts', async () => {
    await web.readers.stopChild(mother)
    web.state.content = {
      ...PUBLISHED,
      texts: PUBLISHED.texts.filter(({ content }) => content.slot !== 'support0'),
    }
    const { phone, base } = await enter()
    for (const place of ['/support', '/support/ask', '/support/ended']) {
      const { page } = await phone.open(`${base}${place}`)
      expect(page).not.toMatch(
        /妊娠|週|歳|か月|誕生|予定日|生まれ|<img|<svg|accent|流産|死産|亡|support\d/,
      )
    }
  })
})
