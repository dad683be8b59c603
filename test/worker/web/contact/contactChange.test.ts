// A reader changes where their texts come, from their own page.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { easy } from '../../../../worker/web/words/easy'
import { HANAKO, registration, TARO } from '../../readers/openStore'
import { ACCOUNT, formOf, openWeb, TOWNS } from '../openWeb'
import { answerTo, answerToText, buttonsOf, wordsOf } from '../talk'

let web: Awaited<ReturnType<typeof openWeb>>

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
})

const NEW = 'taro.new@example.jp'
const MINUTE_MS = 60_000
const pass = (ms: number) => {
  web.clock.now = new Date(web.clock.now.getTime() + ms)
}

async function enter(changed: Parameters<typeof registration>[0] = { address: TARO }) {
  const { readerId } = await web.readers.register(registration(changed))
  const base = await web.enter(web.links.askedPageUrl(readerId))
  return { readerId, base }
}

/** Presses the button of a page; gives the next page and its address. */
async function press(path: string, form: Record<string, string>) {
  const answer = await web.post(path, form)
  const place = answer.headers.get('location') ?? path
  return { place, page: await (await web.get(place)).text() }
}

const pageAt = async (place: string) => (await web.get(place)).text()

/** As far as the mail to the new address. */
async function askFor(base: string, mail: string) {
  const typed = await press(`${base}/contact`, { channel: 'mail', mail })
  if (!typed.place.includes('/check')) return typed
  const action = typed.place.replace('/check', '/send')
  return press(action, formOf(typed.page))
}

/** The old contact is told after the answer has gone out. */
const told = (by: 'mailed' | 'asked' = 'mailed') =>
  new Promise<void>((resolve) => {
    web.state[by] = resolve
  })

const linkIn = (text: string) => new URL(/https:\S+/.exec(text)![0]).pathname

test('the new address is asked by mail, and the old one is told when it ends', async () => {
  const { readerId, base } = await enter()
  expect(await (await web.get(base)).text()).toContain(`href="${base}/contact"`)
  const sent = await askFor(base, NEW)
  expect(sent.place).toMatch(/\/contact\/sent\?d=[\w-]{22}$/)
  expect(sent.page).toContain(NEW)
  expect(sent.page).toContain('新しい届け先で確かめるまで、いまの届け先に届きます。')
  expect(await (await web.get(base)).text()).toContain('届け先の変更は、まだ終わっていません。')
  const [mail] = web.sent.mails
  expect(mail).toMatchObject({ to: NEW })
  expect(mail!.subject).toBe('【みなと町 子育て便り】届け先の変更を完了してください')

  const link = linkIn(mail!.text)
  for (const method of ['GET', 'HEAD']) await fetch(new URL(link, web.url), { method })
  expect(await web.readers.findByIdentity(TARO)).toHaveLength(1)
  pass(MINUTE_MS)
  const isTold = told()
  const done = await press(link, {})
  expect(done.page).toContain('<h1>届け先を変えました</h1>')
  // until the first text is there, the new mailbox has its way in and out by this mail
  const [, way = ''] = /href="(\/text\/[^"]+)"/.exec(done.page) ?? []
  const elsewhere = await fetch(new URL(way, web.url))
  expect(await elsewhere.text()).toContain('登録の内容のリンクを受け取る')
  const reader = (await web.readers.findReader(readerId))!
  expect(reader.identities.map(web.readers.openAddress)).toEqual([NEW])

  await isTold
  const note = web.sent.mails.at(-1)!
  expect(note).toMatchObject({
    to: TARO.address,
    subject: '【みなと町 子育て便り】届け先が変わりました',
  })
  const said = `${note.text}${note.html}`
  expect(said).not.toContain('taro.new')
  expect(said).not.toContain(readerId)
  expect(said).not.toMatch(/\/(me|text|stop|u)\//)
  expect(await (await web.get(base)).text()).toContain('メール t***@example.jp')
})

test('the pages, addresses and logs of a change name nobody', async () => {
  const { base } = await enter()
  const { place } = await askFor(base, NEW)
  const link = linkIn(web.sent.mails[0]!.text)
  await web.post(link)
  expect(`${place} ${link}`).not.toMatch(/taro|@|%40/i)
  expect(JSON.stringify(web.logged)).not.toMatch(/taro|example\.jp/i)
})

test.each([
  ['', 'メールアドレスを入れてください。'],
  ['taro.example.jp', '@ が 1 つ必要です'],
  ['TARO@example.jp', 'いまの届け先と同じアドレスです。'],
])('%j is not taken, and what to do stands at the field', async (mail, sentence) => {
  const { base } = await enter()
  const { place, page } = await askFor(base, mail)
  expect(place).toMatch(/\/contact\?d=/)
  expect(page).toContain(sentence)
  expect(formOf(page)).toMatchObject({ mail })
  expect(web.sent.mails).toEqual([])
})

test('who has the page open learns nothing of whose an address is', async () => {
  await web.readers.register(registration({ address: { ...TARO, address: NEW } }))
  const { readerId, base } = await enter()
  const known = await askFor(base, NEW)
  const unknown = await askFor(base, 'nobody@example.jp')
  const without = (page: string) => page.replaceAll(NEW, '').replaceAll('nobody@example.jp', '')
  const same = (text: string) => without(text).replaceAll(/d=[\w-]+/g, '')
  expect(same(known.page)).toBe(same(unknown.page))
  expect(web.sent.mails.map(({ to }) => to)).toEqual([NEW, 'nobody@example.jp'])
  expect((await web.readers.findReader(readerId))!.identities).toHaveLength(1)
})

test('the owner of an address that gets texts already is told so, and nothing changes', async () => {
  const other = await web.readers.register(registration({ address: { ...TARO, address: NEW } }))
  const { readerId, base } = await enter()
  await askFor(base, NEW)
  const { page } = await press(linkIn(web.sent.mails[0]!.text), {})
  expect(page).toContain('このアドレスには、もう別の登録で届いています')
  expect(page).toContain('前の届け先にも、これまでどおり届きます。')
  expect(web.sent.mails).toHaveLength(1)
  const addresses = await Promise.all(
    [readerId, other.readerId].map(async (id) =>
      (await web.readers.findReader(id))!.identities.map(web.readers.openAddress),
    ),
  )
  expect(addresses).toEqual([[TARO.address], [NEW]])
})

test('links and one-click stops that the old address had: they stop, and open nothing', async () => {
  const { readerId, base } = await enter()
  const oldPage = web.links.askedPageUrl(readerId)
  const oldStop = web.links.stopUrl({ readerId, town: '999016' })
  const oneClick = web.links.unsubscribeUrl({ readerId, town: '999016' })
  pass(MINUTE_MS)
  await askFor(base, NEW)
  await web.post(linkIn(web.sent.mails[0]!.text))
  pass(MINUTE_MS)
  expect((await web.get(new URL(oldPage).pathname)).status).toBe(410)
  expect((await web.post(new URL(oldPage).pathname)).status).toBe(410)
  await web.post('/me', { mail: TARO.address })
  expect(web.sent.mails.filter(({ to }) => to === TARO.address)).toHaveLength(1) // the note
  const status = async () => (await web.readers.findReader(readerId))!.status
  await web.post(`${new URL(oldStop).pathname}/stop`)
  expect(await status()).toBe('stopped')
  const [stop] = await web.readers.openStops({ readerId })
  await web.readers.undoStop({ id: stop!.id, readerId })
  await web.post(new URL(oneClick).pathname)
  expect(await status()).toBe('stopped')
})

test('three mails an hour from one page, and the browser is led on as if there were more', async () => {
  const { base } = await enter()
  for (const at of [1, 2, 3, 4]) await askFor(base, `taro${at}@example.jp`)
  expect(web.sent.mails).toHaveLength(3)
})

test('mail becomes LINE in the friend’s own talk, by their answer alone', async () => {
  const { readerId, base } = await enter()
  const { place, page } = await press(`${base}/contact`, { channel: 'line', mail: '' })
  expect(place).toMatch(/\/contact\/check\?d=/)
  expect(page).toContain('LINE の「みなと町 子育て便り」で受け取るように変えます。')
  const steps = await press(place.replace('/check', '/send'), formOf(page))
  expect(steps.page).toContain('href="https://line.me/R/ti/p/%40minato"')
  const message = /届け先の変更 [0-9a-f]{32}/.exec(steps.page)![0]
  expect(steps.page).toMatch(new RegExp(`<textarea [^>]*readonly>${message}</textarea>`))
  const written = `https://line.me/R/oaMessage/%40minato/?${encodeURIComponent(message)}`
  expect(steps.page).toContain(`href="${written}"`)
  expect(steps.page).toContain(`href="${steps.place}"`)
  expect(await pageAt(steps.place)).toBe(steps.page)

  const [question, ...others] = await answerToText(web, message)
  expect(others).toEqual([])
  expect(question).toMatchObject({ type: 'template', altText: '確認をお願いします' })
  const { actions } = (question as unknown as { template: { actions: { data: string }[] } })
    .template
  expect((await web.readers.findReader(readerId))!.identities[0]!.channel).toBe('mail')
  const isTold = told()
  const [answer] = await answerTo(web, { type: 'postback', postback: { data: actions[0]!.data } })
  await isTold
  expect(wordsOf(answer)).toContain('届け先をこの LINE に変えました。前の届け先には届きません。')
  expect(buttonsOf(answer).map(({ label }) => label)).toContain('止める・休む')
  const [identity] = (await web.readers.findReader(readerId))!.identities
  expect(web.readers.openAddress(identity!)).toBe(HANAKO.address)
  expect(web.sent.mails).toMatchObject([{ to: TARO.address }])

  const now = await web.get(steps.place)
  expect(new URL(now.url).pathname).toBe(base)
  expect(await now.text()).toMatch(/届け先を変えました。これからの文は.*<dd>LINE<\/dd>/s)
})

describe('the steps in LINE, opened once more', () => {
  const steps = async () => {
    const { readerId, base } = await enter()
    const { place, page } = await press(`${base}/contact`, { channel: 'line', mail: '' })
    const shown = await press(place.replace('/check', '/send'), formOf(page))
    const key = /届け先の変更 ([0-9a-f]{32})/.exec(shown.page)![1]!
    return { readerId, base, key, ...shown }
  }
  const bring = (key: string) => answerToText(web, `届け先の変更 ${key}`)
  const say = async (word: string, key: string) =>
    wordsOf(
      (await answerTo(web, { type: 'postback', postback: { data: `kizuna:${word}:${key}` } }))[0],
    )

  test('say that nothing was changed after a no, and whoever presses both is told what is true', async () => {
    const { readerId, key, place } = await steps()
    await bring(key)
    expect(await say('keep', key)).toContain('届け先は変えていません。')
    expect(await pageAt(place)).toContain('届け先は変えていません。いまの届け先に')
    expect(await say('move', key)).toContain('もうお返事をいただいています。')
    expect((await web.readers.findReader(readerId))!.identities[0]!.channel).toBe('mail')
  })

  const registerHere = (child: { dueDate: string }) =>
    web.readers.register(
      registration({ address: HANAKO, lineAccount: 'L1', child, consentedAt: web.clock.now }),
    )
  const reply = async (data: string) =>
    (await answerTo(web, { type: 'postback', postback: { data } }))[0]
  const answersOf = (message: Parameters<typeof wordsOf>[0]) =>
    [...JSON.stringify(message).matchAll(/"data":"(kizuna:[^"]*)"/g)].map(([, data]) => data!)

  test('ask who has texts there already whether both are theirs; a no leaves both as they were', async () => {
    const { key, readerId } = await steps()
    await registerHere({ dueDate: '2027-03-13' })
    await bring(key)
    const question = await reply(`kizuna:move:${key}`)
    expect(wordsOf(question)).toContain('この LINE には、もうひとつの登録からも届いています。')
    expect(wordsOf(question)).not.toMatch(/2027|違います/)
    expect(answersOf(question)).toEqual([`kizuna:join-one:${key}`, `kizuna:keep:${key}`])
    expect(wordsOf(await reply(`kizuna:keep:${key}`))).toContain('届け先は変えていません。')
    expect((await web.readers.findReader(readerId))!.identities[0]!.channel).toBe('mail')
  })

  test('ask which date is right, make both one, and tell the old contact', async () => {
    const { key, readerId, place, base } = await steps()
    await registerHere({ dueDate: '2027-03-20' })
    await bring(key)
    const question = await reply(`kizuna:move:${key}`)
    expect(wordsOf(question)).toMatch(
      /この LINE の登録は「出産予定日 2027年3月20日.*前の届け先の登録は「出産予定日 2027年3月13日/,
    )
    const words = ['theirs', 'ours', 'both'].map((word) => `kizuna:join-${word}:${key}`)
    expect(answersOf(question)).toEqual([...words, `kizuna:keep:${key}`])
    const isTold = told()
    const answer = await reply(words[0]!)
    await isTold
    expect(wordsOf(answer)).toContain('ふたつの登録をひとつにしました。')
    expect(buttonsOf(answer).map(({ label }) => label)).toContain('登録の内容・変更')
    expect(await pageAt(place)).toContain('届け先を変えました。')
    expect(await pageAt(base)).toContain('2027年3月20日')
    expect(await web.readers.childrenOf(readerId)).toHaveLength(1)
    expect(web.sent.mails).toMatchObject([{ to: TARO.address }])
  })

  test('say of a stop no more than that nothing comes', async () => {
    const { key } = await steps()
    const here = await registerHere({ dueDate: '2027-03-13' })
    pass(MINUTE_MS)
    await web.readers.stopChild({ readerId: here.readerId, childId: here.childId })
    await bring(key)
    const said = wordsOf(await reply(`kizuna:move:${key}`))
    expect(said).toContain('ひとつにすると、文は届かなくなります。')
    expect(said).not.toContain('2027')
    expect(wordsOf(await reply(`kizuna:join-one:${key}`))).toContain('ひとつにしました。')
  })

  test('a stop link of the registration that has ended stops the one it has become', async () => {
    const { key, readerId } = await steps()
    const here = await registerHere({ dueDate: '2027-03-13' })
    const link = web.links.stopUrl({ readerId: here.readerId, town: TOWNS[0]!.code })
    await bring(key)
    await reply(`kizuna:join-one:${key}`)
    const { pathname } = new URL(link)
    expect((await web.get(pathname)).status).toBe(200)
    await web.post(`${pathname}/stop`)
    expect(await web.readers.findReader(readerId)).toMatchObject({ status: 'stopped' })
  })

  test('say that a key has ended which another one has followed', async () => {
    const { base, place } = await steps()
    await askFor(base, NEW)
    expect(await pageAt(place)).toContain('期限が切れました。')
  })

  test('a no after a yes is answered as said already, with the row', async () => {
    const { key } = await steps()
    await bring(key)
    const isTold = told()
    await say('move', key)
    await isTold
    const [answer] = await answerTo(web, {
      type: 'postback',
      postback: { data: `kizuna:keep:${key}` },
    })
    expect(wordsOf(answer)).toContain('もうお返事をいただいています。')
    expect(buttonsOf(answer).map(({ label }) => label)).toContain('止める・休む')
  })
})

test('who reads easy words is asked and answered in them, on the lock screen too', async () => {
  const { readerId, base } = await enter({ address: TARO, edition: 'easy' })
  const { place, page } = await press(`${base}/contact`, { channel: 'line', mail: '' })
  const steps = await press(place.replace('/check', '/send'), formOf(page))
  const message = /届け先の変更 [0-9a-f]{32}/.exec(steps.page)![0]
  const [question] = await answerToText(web, message)
  expect(question).toMatchObject({ altText: easy.talk.question.notice })
  const [answer] = await answerTo(web, {
    type: 'postback',
    postback: { data: `kizuna:keep:${message.slice(-32)}` },
  })
  expect(wordsOf(answer)).toContain(easy.contact.talk.refused)
  expect(answer).toMatchObject({ altText: easy.talk.notice('子育て便り') })
  expect(buttonsOf(answer).map(({ label }) => label)).toEqual([easy.talk.buttons.contact])
  expect((await web.readers.findReader(readerId))!.identities[0]!.channel).toBe('mail')
})

describe('where nobody can be asked in LINE', () => {
  const offeredBy = async (base: string) => {
    const page = await (await web.get(`${base}/contact`)).text()
    const radios = [...page.matchAll(/type="radio"[^>]*value="(\w+)"/g)].map(([, one]) => one)
    return { page, radios }
  }

  test.each(['refused', 'unknown'] as const)('its key is %s', async (key) => {
    const { base } = await enter()
    web.state.key = key
    const { page, radios } = await offeredBy(base)
    web.state.key = 'works'
    expect(radios).toEqual(key === 'refused' ? [] : ['line', 'mail'])
    expect(page.includes('LINE には変えられません')).toBe(key === 'refused')
    expect(page).toContain('name="mail"')
  })

  test('chosen before the key was refused, it leads back to what is possible', async () => {
    const { base, readerId } = await enter()
    const { place, page } = await press(`${base}/contact`, { channel: 'line', mail: '' })
    web.state.key = 'refused'
    const back = await press(place.replace('/check', '/send'), formOf(page))
    web.state.key = 'works'
    expect(back.place).toBe(`${base}/contact`)
    expect(back.page).toContain('下の窓口におたずねください。')
    expect(await web.readers.isContactAsked(readerId)).toBe(false)
  })

  test.each<[string, Parameters<typeof openWeb>[0]]>([
    ['another service answers in the talk', { account: { ...ACCOUNT, answers: 'none' } }],
    ['the account is not set up', { towns: [{ ...TOWNS[0]!, lineAccount: null }] }],
  ])('%s', async (_, options) => {
    const other = await openWeb(options)
    const { readerId } = await other.readers.register(registration({ address: TARO }))
    const base = await other.enter(other.links.askedPageUrl(readerId))
    const page = await (await other.get(`${base}/contact`)).text()
    expect(page).not.toContain('type="radio"')
    expect(page).toContain('LINE には変えられません')
    expect(page).toContain('name="mail"')
    await other.close()
  })

  test('a town that sends by LINE alone has nothing else: the page says so and leads back', async () => {
    const { base } = await enter({ address: TARO, municipality: '999024' })
    web.state.key = 'refused'
    const { page } = await offeredBy(base)
    web.state.key = 'works'
    expect(page).toContain(
      '変えられる届け先はありません。いまの届け先には、これまでどおり届きます。',
    )
    expect(page).toContain(`href="${base}"`)
    expect(page).not.toContain('<button class="main"')
  })
})

test('any message brings the question again; who says no is asked no more', async () => {
  const { readerId, base } = await enter()
  const { place, page } = await press(`${base}/contact`, { channel: 'line', mail: '' })
  const steps = await press(place.replace('/check', '/send'), formOf(page))
  const message = /届け先の変更 [0-9a-f]{32}/.exec(steps.page)![0]
  await answerToText(web, message)
  expect(await answerToText(web, 'こんにちは')).toHaveLength(2)
  const key = message.slice(-32)
  const [answer] = await answerTo(web, {
    type: 'postback',
    postback: { data: `kizuna:keep:${key}` },
  })
  expect(wordsOf(answer)).toContain('届け先は変えていません。')
  expect(await answerToText(web, 'こんにちは')).toHaveLength(1)
  expect((await web.readers.findReader(readerId))!.identities[0]!.channel).toBe('mail')
})

test('LINE becomes mail, and the old talk is told', async () => {
  const { readerId, base } = await enter({ address: HANAKO, lineAccount: 'L1' })
  const form = await (await web.get(`${base}/contact`)).text()
  expect(form).not.toContain('type="radio"')
  const sent = await askFor(base, NEW)
  expect(await pageAt(sent.place)).toContain('確認のメールを送りました')
  const isTold = told('asked')
  await web.post(linkIn(web.sent.mails[0]!.text))
  const reader = (await web.readers.findReader(readerId))!
  expect(reader.identities.map(web.readers.openAddress)).toEqual([NEW])
  await isTold
  expect(web.sent.asked.at(-1)!.to).toEqual([HANAKO.address])
  expect(JSON.stringify(web.sent.asked.at(-1)!.messages)).not.toContain('taro')
  // the talk opens nothing of theirs any more, and says where texts are, to nobody in particular
  for (const text of ['登録の内容', 'こんにちは', '配信を止める']) {
    const [row] = await answerToText(web, text)
    expect(wordsOf(row)).toContain('文は、いまは別のところに届いています。')
    expect(buttonsOf(row).map(({ label }) => label)).toEqual(['相談先'])
  }
  expect(await pageAt(sent.place)).toContain('届け先を変えました。')
  const [asked] = await answerToText(web, '登録')
  expect(buttonsOf(asked).map(({ label }) => label)).toContain('登録する')
})

test('an old talk says nothing of texts elsewhere to whom none come there', async () => {
  const { readerId, base } = await enter({ address: HANAKO, lineAccount: 'L1', edition: 'easy' })
  await askFor(base, NEW)
  const isTold = told('asked')
  await web.post(linkIn(web.sent.mails[0]!.text))
  await isTold
  expect(wordsOf((await answerToText(web, 'りゅうざん しました'))[0])).toContain(easy.talk.former)
  const [child] = await web.readers.childrenOf(readerId)
  await web.readers.stopChild({ readerId, childId: child!._id })
  const [row] = await answerToText(web, 'りゅうざん しました')
  expect(wordsOf(row)).toContain(easy.talk.nothing)
  expect(wordsOf(row)).not.toContain(easy.talk.former)
  expect(buttonsOf(row).map(({ label }) => label)).toEqual([easy.talk.buttons.contact])
})
