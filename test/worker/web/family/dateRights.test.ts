// Who registered a child first changes its dates, and whom they let; a birth can always be told.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { registration } from '../../readers/openStore'
import { bodyOf, openFamilyWeb } from './family'

let web: Awaited<ReturnType<typeof openFamilyWeb>>
let mother: { readerId: string; childId: string }
let father: { readerId: string; childId: string }
let grandmother: { readerId: string; childId: string }

const joining = (address: string, relation: 'father' | 'grandparent') =>
  web.readers.register(
    registration({
      address: { channel: 'mail', account: 'mail', address },
      relation,
      sharedChildren: [mother.childId],
      child: {},
    }),
  )

beforeAll(async () => {
  web = await openFamilyWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
  mother = await web.readers.register(registration({ child: { dueDate: '2026-12-01' } }))
  father = await joining('taro@example.jp', 'father')
  grandmother = await joining('baba@example.jp', 'grandparent')
})

const child = async () => (await web.readers.findChild(mother.childId))!
const birth = { birthDate: '2026-11-20' }
const mayReport = async (who: { readerId: string; childId: string }) => {
  const { status } = await web.readers.reportBirth({ ...who, ...birth })
  if (status === 'changed') await web.readers.takeBackBirth(mother)
  return status === 'changed'
}
const allowed = async () => [
  await mayReport(mother),
  await mayReport(father),
  await mayReport(grandmother),
]

describe('on the page of one who may not', () => {
  const cardOf = async (readerId: string) => {
    const { phone, base } = await web.enterAs(readerId)
    return { phone, base, body: bodyOf((await phone.open(base)).page) }
  }

  test('the dates stand with whom to ask, and no way to change them', async () => {
    const { body } = await cardOf(father.readerId)
    expect(body).toContain('出産予定日 2026年12月1日(火)')
    expect(body).toContain('日付は、はじめに登録した方(母)と、その方が選んだご家族が変えられます。')
    expect(body).not.toMatch(/生まれたことを知らせる|出産予定日をなおす|日付を変えられる人を選ぶ/)
    expect(body).toContain('この子の配信を止める') // stopping never asks for a right
  })

  test('an address of a form says the same and changes nothing', async () => {
    const { phone, base } = await cardOf(father.readerId)
    const typed = { year: '2026', month: '11', day: '20', go: 'save' }
    for (const place of ['dates', 'birth']) {
      const form = await phone.open(`${base}/children/${mother.childId}/${place}`)
      expect(bodyOf(form.page)).toContain('日付は、ほかのご家族が変えられます')
      await phone.press({ ...form, page: '' }, typed)
    }
    expect(await child()).toMatchObject({ dueDate: '2026-12-01' })
    expect(await child()).not.toHaveProperty('birthDate')
  })

  test('a child to add that would be this one is said to be another’s to change, or is added', async () => {
    const { phone, base } = await cardOf(father.readerId)
    const form = await phone.open(`${base}/add`)
    const typed = { anchor: 'birthDate', year: '2026', month: '11', day: '20' }
    const asked = await phone.press(form, typed)
    expect(bodyOf(asked.page)).toContain('はじめに登録した方(母)')
    expect(await child()).not.toHaveProperty('birthDate')
    await phone.press(asked, { answer: 'another', go: '' })
    expect(await web.readers.childrenOf(father.readerId)).toHaveLength(2)
    expect(await child()).not.toHaveProperty('birthDate')
  })

  test('registering again with another date changes nothing either', async () => {
    const address = { channel: 'mail' as const, account: 'mail', address: 'taro@example.jp' }
    const again = registration({ address, relation: 'father', child: { birthDate: '2026-11-20' } })
    expect(await web.readers.register(again)).toMatchObject({ status: 'known' })
    expect(await child()).not.toHaveProperty('birthDate')
  })

  test('the first one’s page has the ways to change, and to choose who else may', async () => {
    const { body } = await cardOf(mother.readerId)
    expect(body).toMatch(/生まれたことを知らせる 出産予定日をなおす 日付を変えられる人を選ぶ/)
    expect(body).not.toContain('はじめに登録した方')
  })
})

describe('the right', () => {
  test('is the first one’s, is given by relation on a page, and is taken back', async () => {
    expect(await allowed()).toEqual([true, false, false])
    const { phone, base } = await web.enterAs(mother.readerId)
    const place = `${base}/children/${mother.childId}/keepers`
    const page = await phone.open(place)
    expect(bodyOf(page.page)).toContain('いっしょに変えられる人 父 祖父母 保存する')
    expect(page.page).not.toContain('checked')
    const done = await phone.press(page, { keeper: father.readerId })
    expect(bodyOf(done.page)).toContain('日付を変えられる人を決めました。')
    expect(await allowed()).toEqual([true, true, false])
    const again = await phone.open(place)
    expect(again.page.match(/checked/g)).toHaveLength(1)
    await phone.press({ ...again, page: '' })
    expect(await allowed()).toEqual([true, false, false])
  })

  test('is given by nobody else, and to nobody who was never registered with the child', async () => {
    await web.readers.giveDateRights({ ...mother, to: [father.readerId, 'somebody'] })
    expect(await child()).toMatchObject({ keepers: [father.readerId] })
    const unknown = { status: 'unknown' }
    expect(await web.readers.giveDateRights({ ...father, to: [grandmother.readerId] })).toEqual(
      unknown,
    )
    const { phone, base } = await web.enterAs(father.readerId)
    const { url } = await phone.open(`${base}/children/${mother.childId}/keepers`)
    expect(url).toContain(`${base}?`)
    expect(await child()).toMatchObject({ keepers: [father.readerId] })
  })

  test.each([
    ['left', () => web.readers.leaveChild(mother)],
    ['stopped', () => web.readers.stopReader(mother.readerId)],
    [
      'blocked',
      () =>
        web.readers.recordFriendship({
          lineAccount: 'L1',
          provider: 'みなと町',
          municipalities: ['999016'],
          userId: `U${'a1'.repeat(16)}`,
          isFriend: false,
          at: new Date('2026-11-23T00:00:00Z'),
        }),
    ],
  ] as const)('passes to the longest registered when the first one has %s', async (_, ends) => {
    await ends()
    expect(await mayReport(father)).toBe(true)
    expect(await mayReport(grandmother)).toBe(false)
    await web.readers.stopReader(father.readerId)
    expect(await mayReport(grandmother)).toBe(true)
  })

  test('comes back with who undoes that they have left, though others registered since', async () => {
    await web.readers.leaveChild(mother)
    const [stop] = await web.readers.openStops({ readerId: mother.readerId })
    await web.readers.undoStop({ readerId: mother.readerId, id: stop!.id })
    expect(await allowed()).toEqual([true, false, false])
  })

  test('is not a sign by which the others learn who has left', async () => {
    await web.readers.giveDateRights({ ...mother, to: [father.readerId] })
    const { phone, base } = await web.enterAs(father.readerId)
    const shown = async () => bodyOf((await phone.open(base)).page)
    const given = await shown()
    await web.readers.giveDateRights({ ...mother, to: [] })
    await web.readers.leaveChild(mother)
    expect(await shown()).toBe(given)
  })
})

describe('a birth that was told too early', () => {
  test('is taken back on the page, while the pregnancy can go on, by who may change dates', async () => {
    await web.readers.reportBirth({ ...mother, ...birth })
    const { phone, base } = await web.enterAs(mother.readerId)
    const of = `${base}/children/${mother.childId}`
    const form = await phone.open(`${of}/birth`)
    expect(form.page).toContain(`href="${of}/unborn">まだ生まれていません`)
    const asked = await phone.open(`${of}/unborn`)
    expect(bodyOf(asked.page)).toContain('出産予定日は2026年12月1日(火)です。')
    expect(await child()).toHaveProperty('birthDate') // looking changes nothing
    const done = await phone.press(asked)
    expect(bodyOf(done.page)).toContain('誕生日を取り消しました。')
    expect(await child()).not.toHaveProperty('birthDate')
    expect(bodyOf(done.page)).toContain('出産予定日 2026年12月1日(火)')
  })

  test('stays when the pregnancy would be over, and for who may not', async () => {
    await web.readers.reportBirth({ ...mother, ...birth })
    const { phone, base } = await web.enterAs(father.readerId)
    await phone.press({
      ...(await phone.open(`${base}/children/${mother.childId}/unborn`)),
      page: '',
    })
    expect(await child()).toHaveProperty('birthDate')
    web.clock.now = new Date('2026-12-15T01:00:00Z')
    const own = await web.enterAs(mother.readerId)
    const page = await own.phone.open(`${own.base}/children/${mother.childId}/birth`)
    expect(page.page).not.toContain('/unborn')
    const { url } = await own.phone.open(`${own.base}/children/${mother.childId}/unborn`)
    expect(url).toBe(`${own.base}?done=`)
  })
})
