// A reader who has moved house changes to the new town from their own page.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'

import { easy } from '../../../../worker/web/words/easy'
import { HANAKO, registration, TARO } from '../../readers/openStore'
import { formOf, openWeb } from '../openWeb'
import { answerTo, answerToText, buttonsOf, wordsOf } from '../talk'

let web: Awaited<ReturnType<typeof openWeb>>

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
})

const [BOTH, BY_LINE, BY_MAIL] = ['999016', '999024', '999032']

async function enter(changed: Parameters<typeof registration>[0] = { address: TARO }) {
  const { readerId } = await web.readers.register(registration(changed))
  const base = await web.enter(web.links.askedPageUrl(readerId))
  return { readerId, base }
}

/** Presses the button of a page; gives where that leads, redirects followed. */
async function press(path: string, form: Record<string, string>) {
  const answer = await web.post(path, form)
  const shown = await web.get(answer.headers.get('location') ?? path)
  const { pathname, search } = new URL(shown.url)
  return { place: `${pathname}${search}`, page: await shown.text() }
}

/** As far as the check page, by way of what the town asks. */
async function choose(base: string, town: string, said: Record<string, string> = {}) {
  const chosen = await press(`${base}/town`, { town })
  return chosen.place.includes('/about') ? press(chosen.place, said) : chosen
}

const agree = (check: { place: string; page: string }) =>
  press(check.place.replace('/check', '/move'), { ...formOf(check.page), consent: 'yes' })
const townOf = async (readerId: string) => (await web.readers.findReader(readerId))!.municipality

test('by mail at once, after what the new town asks and its own consent', async () => {
  const { readerId, base } = await enter({ address: TARO, municipality: BY_MAIL })
  expect(await (await web.get(base)).text()).toContain(`href="${base}/town"`)
  const towns = await (await web.get(`${base}/town`)).text()
  expect(towns).toContain('みなと町')
  expect(towns).not.toContain('とじた町')
  const about = await press(`${base}/town`, { town: BOTH })
  expect(about.page).toContain('お住まいの地区')
  const check = await press(about.place, { edition: 'easy', area: '南' })
  expect(check.page).toContain('みなと町')
  expect(check.page).toContain('南')
  expect(check.page).toContain('もり市からは届かなくなります')
  const without = await press(check.place.replace('/check', '/move'), formOf(check.page))
  expect(without.page).toContain('同意する場合は印をつけてください')
  expect(await townOf(readerId)).toBe(BY_MAIL)
  const moved = await agree(check)
  expect(await web.readers.findReader(readerId)).toMatchObject({
    municipality: BOTH,
    edition: 'easy',
    area: '南',
  })
  expect(moved.place).toBe(`${base}?done=town`)
  expect(web.sent.welcomes).toEqual([readerId])
  expect(web.sent.mails).toEqual([])
})

test('links to stop, and the page that is open, go on working after the move', async () => {
  const { readerId, base } = await enter()
  const stop = new URL(web.links.stopUrl({ readerId, town: '999016' })).pathname
  web.clock.now = new Date(web.clock.now.getTime() + 60_000)
  await agree(await choose(base, BY_MAIL))
  expect(await townOf(readerId)).toBe(BY_MAIL)
  expect(await (await web.get(base)).text()).toContain('もり市')
  await web.post(`${stop}/stop`)
  expect(await web.readers.findReader(readerId)).toMatchObject({ status: 'stopped' })
  expect(await web.readers.openStops({ readerId })).toHaveLength(1)
})

test('on LINE to a town of the same account: at once for a friend of it', async () => {
  const { readerId, base } = await enter({ address: HANAKO, lineAccount: 'L1' })
  await web.readers.recordFriendship({
    lineAccount: 'L1',
    provider: HANAKO.account,
    municipalities: [BOTH],
    userId: HANAKO.address,
    isFriend: true,
    at: web.clock.now,
  })
  await agree(await choose(base, BY_LINE))
  expect(await townOf(readerId)).toBe(BY_LINE)
})

test('who is no friend of the new account confirms there, and the old town goes on until then', async () => {
  const { readerId, base } = await enter()
  const check = await choose(base, BY_LINE)
  expect(check.page).toContain('それまでは、みなと町からの配信が続きます。')
  const steps = await agree(check)
  expect(steps.place).toMatch(/\/town\/line\?d=/)
  expect(steps.page).toContain('href="https://line.me/R/ti/p/%40minato"')
  expect(await townOf(readerId)).toBe(BOTH)
  const [question] = await answerToText(web, /届け先の変更 [0-9a-f]{32}/.exec(steps.page)![0])
  const { actions } = (question as unknown as { template: { actions: { data: string }[] } })
    .template
  await answerTo(web, { type: 'postback', postback: { data: actions[0]!.data } })
  expect(await townOf(readerId)).toBe(BY_LINE)
  expect(web.sent.welcomes).toEqual([readerId])
  expect(web.sent.mails.at(-1)!.to).toBe(TARO.address)
  expect(web.sent.mails.at(-1)!.from.name).toContain('みなと町')
  // who comes back from LINE to the steps, or goes back in them, is not asked to move once more
  for (const place of ['line', 'check', 'about']) {
    const again = await web.get(steps.place.replace('/line', `/${place}`))
    expect(new URL(again.url).pathname).toBe(base)
    expect(await again.text()).toContain('引っ越した先の自治体に変えました。')
  }
})

test('the talk of the town one has left says, in one’s own words, that texts come from elsewhere', async () => {
  const { base } = await enter({ address: HANAKO, lineAccount: 'L1', edition: 'easy' })
  await agree(await choose(base, BY_MAIL, { mail: 'hanako@example.jp' }))
  await web.post(new URL(/https:\S+/.exec(web.sent.mails[0]!.text)![0]).pathname)
  const [row] = await answerToText(web, '登録の内容')
  expect(wordsOf(row)).toContain(easy.talk.former)
  expect(wordsOf(row)).not.toMatch(/もり市|hanako/)
  expect(buttonsOf(row).map(({ label }) => label)).toEqual([easy.talk.buttons.contact])
})

test('a forgotten tick is not counted as a message: the next press still leads on', async () => {
  const { base } = await enter()
  let check = await choose(base, BY_LINE)
  for (let time = 0; time < 4; time += 1) {
    check = await press(check.place.replace('/check', '/move'), formOf(check.page))
    expect(check.place).toContain('/town/check?d=')
  }
  expect((await agree(check)).place).toMatch(/\/town\/line\?d=/)
})

test('from LINE to a town of mail alone: an address is asked, and confirmed by mail', async () => {
  const { readerId, base } = await enter({ address: HANAKO, lineAccount: 'L1' })
  const faulty = await choose(base, BY_MAIL, { mail: 'hanako' })
  expect(faulty.place).toMatch(/\/town\/about\?d=/)
  expect(faulty.page).toContain('@ が 1 つ必要です')
  const check = await choose(base, BY_MAIL, { mail: 'hanako@example.jp' })
  const sent = await agree(check)
  expect(sent.place).toMatch(/\/town\/sent\?d=/)
  expect(await townOf(readerId)).toBe(BOTH)
  const [mail] = web.sent.mails
  expect(mail).toMatchObject({ to: 'hanako@example.jp' })
  await web.post(new URL(/https:\S+/.exec(mail!.text)![0]).pathname)
  expect(await townOf(readerId)).toBe(BY_MAIL)
})

test('that a town sends on LINE alone is said where it is chosen, with what there is without LINE', async () => {
  const { base } = await enter()
  const towns = await (await web.get(`${base}/town`)).text()
  expect(towns).toContain('うみべ町(LINE だけで届きます)')
  expect(towns).not.toContain('もり市(')
  const about = await press(`${base}/town`, { town: BY_LINE! })
  expect(about.place).toMatch(/\/town\/about\?d=/)
  expect(about.page).toContain('うみべ町の配信は LINE で届きます。')
  expect(about.page).toMatch(/LINE を使っていないとき.*href="tel:[^"]+".*いまの自治体\(みなと町\)/s)
  expect(about.page).toContain(`<a href="${base}">いまの自治体のままにする</a>`)
  expect((await press(about.place, {})).place).toMatch(/\/town\/check\?d=/)
})

test('who is on LINE is told of a town of mail alone, and of no other way than theirs', async () => {
  const { base } = await enter({ address: HANAKO, lineAccount: 'L1' })
  const towns = await (await web.get(`${base}/town`)).text()
  expect(towns).toContain('もり市(メールだけで届きます)')
  expect(towns).not.toContain('うみべ町(')
  expect((await choose(base, BY_LINE!)).page).not.toContain('LINE を使っていないとき')
})

test('a birth is each town’s own: who has moved is told so before it is saved, and nobody else', async () => {
  const { readerId, base } = await enter()
  const [child] = await web.readers.childrenOf(readerId)
  const shared = { sharedChildren: [child!._id], child: {} }
  const mother = await web.readers.register(registration({ address: HANAKO, ...shared }))
  const note = '引っ越す前の自治体で受け取っているご家族の分は変わらないので'
  const sayBack = async (form: string, day: Record<string, string>) => (await press(form, day)).page
  const BORN = { year: '2026', month: '11', day: '20' }
  const DUE = { year: '2027', month: '3', day: '20' }
  expect(await sayBack(`${base}/children/${child!._id}/birth`, BORN)).not.toContain(note)
  await agree(await choose(base, BY_MAIL!))
  const [own] = await web.readers.childrenOf(readerId)
  expect(await sayBack(`${base}/children/${own!._id}/birth`, BORN)).toContain(note)
  expect(await sayBack(`${base}/children/${own!._id}/dates`, DUE)).toContain(note)
  // who stayed would learn by it that somebody has moved
  const hers = await web.enter(web.links.askedPageUrl(mother.readerId))
  const theirs = await sayBack(`${hers}/children/${child!._id}/birth`, BORN)
  expect(theirs).toContain('2026年11月20日')
  expect(theirs).not.toContain(note)
})

test('a contact the new town sends to already: said kindly, with the way to stop the old town’s', async () => {
  await web.readers.register(registration({ address: TARO, municipality: BY_MAIL }))
  const { readerId, base } = await enter()
  const { place, page } = await agree(await choose(base, BY_MAIL))
  expect(place).toMatch(/\/town\/taken\?d=/)
  expect(page).toContain('もり市からの配信は、もう届いています')
  expect(page).toContain(`href="${base}/quiet"`)
  expect(await townOf(readerId)).toBe(BOTH)
})

test('a town that is closed, unknown or the reader’s own is not chosen', async () => {
  const { base } = await enter()
  for (const town of ['', '999041', BOTH!, '000000', 'x']) {
    const { page } = await press(`${base}/town`, { town })
    expect(page).toContain('引っ越した先の自治体を選んでください。')
  }
})

test('what becomes of the family is said before, and after it both see each other as before', async () => {
  const { readerId, base } = await enter()
  const [child] = await web.readers.childrenOf(readerId)
  const shared = { sharedChildren: [child!._id], child: {} }
  const mother = await web.readers.register(registration({ address: HANAKO, ...shared }))
  const family = 'いっしょに登録しているご家族は、いまの自治体のままです。'
  expect(await (await web.get(`${base}/town`)).text()).toContain(family)
  const check = await choose(base, BY_MAIL)
  expect(check.page).toContain(family)
  const moved = await agree(check)
  expect(moved.page).toContain('いっしょに登録しているご家族: 母')
  expect(moved.page).toContain('自分だけ、この子の配信を止める')
  const [hers] = await web.readers.childrenOf(mother.readerId)
  expect(await web.readers.sharersOf({ readerId: mother.readerId, childId: hers!._id })).toEqual([
    'mother',
  ])
})

test('who registers alone is told of no family', async () => {
  const { base } = await enter()
  expect(await (await web.get(`${base}/town`)).text()).not.toContain('ご家族')
})

test('going back to the choice after the move asks nothing once more', async () => {
  const { base } = await enter()
  const check = await choose(base, BY_MAIL)
  await agree(check)
  const back = await web.get(check.place.replace('/check', ''))
  expect(await back.text()).toContain('引っ越した先の自治体に変えました。')
  expect(await (await web.get(`${base}/town`)).text()).toContain('みなと町')
})
