import { expect, test } from '@jest/globals'

import { sendDigests } from '../../../src/digest/send'
import { checkLinks } from '../../../src/links/checkLinks'
import { parsePolicy } from '../../../src/review/rules/policy'
import { addDays, localDayOf } from '../../../src/stage/day'
import { openMailedCms } from './mailedCms'
import { monthFigures } from '../statistics/monthFigures'
import { recipientOf } from './relay'

const { cms, mails, relay } = await openMailedCms()

const policy = parsePolicy()
/** Eight in the morning in Japan. */
const morning = (day: number) => new Date(`2027-03-0${day}T08:00:00+09:00`)
const send = (at: Date) => sendDigests(cms.payload, { policy, now: () => at })
const written = () => mails.map(recipientOf).sort()

test('nobody who has nothing to do is written to', async () => {
  expect(await send(morning(1))).toBe(0)
  expect(mails).toEqual([])
})

test('who asked for a withdrawal is told once that it was done', async () => {
  const tomorrow = addDays(localDayOf(new Date()), 1)
  const { id } = await cms.published({ title: '見本 単位の誤り' })
  await cms.rest('hana', `POST /kizuna-manuscripts/${id}/ask-withdrawal`, { reason: '単位' })
  mails.length = 0 // the chiefs were written to at once
  await cms.rest('midori', `POST /kizuna-manuscripts/${id}/withdraw`, { reason: '依頼: 単位' })
  await send(new Date(`${tomorrow}T08:00:00+09:00`))
  expect(written()).toEqual(['hana'])
  expect(mails[0]?.subject).toBe('監修のお知らせ: 依頼への答え 1 件')
  expect(mails[0]?.text).toContain(
    `・「見本 単位の誤り」を取り下げました\n  https://cms.example/admin/collections/kizuna-manuscripts/${id}`,
  )
  mails.length = 0
  await send(new Date(`${addDays(tomorrow, 1)}T08:00:00+09:00`))
  expect(written()).toEqual([])
})

test('each gets what waits for them with links, once a day, whatever asks for it', async () => {
  const { id } = await cms.draft({ title: '見本 熱が出たら <急ぎ>', topics: ['health'] })
  await cms.rest('hana', `POST /kizuna-manuscripts/${id}/submit`)
  const both = await Promise.all([send(morning(1)), send(morning(1))])
  expect(both[0]! + both[1]!).toBe(4)
  expect(await send(morning(1))).toBe(0)
  expect(written()).toEqual(['doctor', 'kaoru', 'midori', 'taro'])
  const [mail] = mails.filter((one) => recipientOf(one) === 'doctor')
  expect(mail?.subject).toBe('監修のお知らせ: 承認待ち 1 件')
  const link = `https://cms.example/admin/desk/kizuna-manuscripts/${id}`
  expect(mail?.text).toContain(`・見本 熱が出たら <急ぎ>\n  ${link}`)
  expect(mail?.text).toContain('2027年3月1日(月)')
  expect(mail?.html).toContain(`<a href="${link}">見本 熱が出たら &lt;急ぎ&gt;</a>`)
})

test('what came back goes to who wrote it; who has opted out gets nothing', async () => {
  const where = { title: { contains: '熱が出たら' } }
  const { docs } = await cms.payload.find({ collection: 'kizuna-manuscripts', draft: true, where })
  await cms.rest('doctor', `POST /kizuna-manuscripts/${docs[0]!.id}/request-change`, {
    comment: '出典が要ります',
    discipline: 'medical',
  })
  const optOut = await cms.rest('midori', `PATCH /users/${cms.users.midori.id}`, {
    kizunaWantsDigest: false,
  })
  expect(optOut.status).toBe(200)
  await send(morning(2))
  expect(written()).toEqual(['hana'])
  expect(mails[0]?.subject).toBe('監修のお知らせ: 修正依頼 1 件')
})

test('before seven in Japan nothing is sent', async () => {
  expect(await send(new Date('2027-03-03T06:59:00+09:00'))).toBe(0)
})

test('a relay that refuses is asked again later the same day', async () => {
  relay.refuse(true)
  expect(await send(morning(4))).toBe(0)
  relay.refuse(false)
  expect(await send(morning(4))).toBe(1)
})

test('who has left gets none, and the others do', async () => {
  const { id } = cms.users.hana
  const mark = (kizunaHasLeft: boolean) =>
    cms.payload.db.updateOne({ collection: 'users', id, data: { kizunaHasLeft } })
  await mark(true)
  expect(await send(morning(5))).toBe(0)
  await mark(false)
  expect(await send(morning(5))).toBe(1)
  expect(written()).toEqual(['hana'])
})

test('the jobs queue runs it, and nobody runs or reads jobs over the API', async () => {
  for (const person of ['hana', 'root', null] as const) {
    expect((await cms.rest(person, 'GET /payload-jobs')).status).toBe(403)
    expect([401, 403, 404]).toContain((await cms.rest(person, 'GET /payload-jobs/run')).status)
    expect((await cms.rest(person, 'POST /payload-jobs', { input: {} })).status).toBe(403)
  }
  await cms.payload.jobs.queue({
    task: 'kizuna-digests',
    queue: 'kizuna-digests',
    input: {},
  } as never)
  const ran = await cms.payload.jobs.run({ queue: 'kizuna-digests' })
  expect(Object.values(ran.jobStatus ?? {})).toEqual([{ status: 'success' }])
})

test('nobody reads or moves the timetable of the jobs', async () => {
  const stats = { scheduledRuns: { queues: { 'kizuna-digests': { tasks: {} } } } }
  for (const person of ['dango', 'hana', 'midori', 'root', null] as const) {
    const path = '/globals/payload-jobs-stats'
    expect((await cms.rest(person, `GET ${path}`)).status).toBe(403)
    expect((await cms.rest(person, `POST ${path}`, { stats })).status).toBe(403)
    const mutation = 'mutation { updatePayloadJobsStat(data: { stats: 1 }) { __typename } }'
    const { body } = await cms.graphql(person, mutation)
    expect(body.errors?.[0].extensions?.statusCode).toBe(403)
  }
})

test('a link that broke is told once to who writes its text', async () => {
  await cms.published({ title: 'リンクの見本', body: 'https://gone.jp/a' })
  const at = morning(5)
  await checkLinks(cms.payload, {
    now: () => at,
    lookAt: async () => ({ finding: 'gone', status: 404 }),
  })
  await send(at)
  expect(written()).toEqual(['taro']) // the one editor who is still there
  expect(mails[0]?.subject).toBe('監修のお知らせ: 開けないリンク 1 件')
  expect(mails[0]?.text).toContain('https://cms.example/admin/links')
  mails.length = 0
  await send(morning(6))
  expect(mails.some(({ subject }) => subject?.includes('開けない'))).toBe(false)
})

test('on Mondays a town whose month was told is asked for its handbooks until it has typed them in', async () => {
  const municipality = cms.municipality.id
  const figures = monthFigures('2027-01')
  await cms.payload.create({
    collection: 'kizuna-statistics',
    data: { municipality, month: '2027-01', figures, title: '' },
  })
  await send(new Date('2027-03-09T08:00:00+09:00')) // a Tuesday
  expect(written()).not.toContain('machi')
  await send(new Date('2027-03-15T08:00:00+09:00'))
  const [mail] = mails.filter((one) => recipientOf(one) === 'machi')
  expect(mail?.subject).toContain('交付数の入力 1 件')
  expect(mail?.text).toContain('2027年1月の母子健康手帳の交付数')
  expect(mail?.text).toContain('https://cms.example/admin/numbers')
  const typed = { kind: 'handbooks', period: '2027-01', count: 12, source: '見本' }
  await cms.rest('machi', 'POST /numbers/denominators', { ...typed, countedOn: '2027-02-01' })
  mails.length = 0
  await send(new Date('2027-03-22T08:00:00+09:00'))
  expect(written()).not.toContain('machi')
})
