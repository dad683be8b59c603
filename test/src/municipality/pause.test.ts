// Taking 「配信する」 away asks why and until when, says what falls away, and stands in the audit log.
import { afterEach, describe, expect, test } from '@jest/globals'

import { findPauses } from '../../../src/municipality/findPauses'
import { pauseSentences } from '../../../src/reach/pauseSentences'
import { addDays, localDayOf } from '../../../src/stage/day'
import { openEditorialCmsOfFile, type Person } from '../review/editorialCms'

const cms = await openEditorialCmsOfFile()
const town = `/kizuna-municipalities/${cms.municipality.id}`
const TODAY = localDayOf(new Date())
const REASON = '年度替わりの準備のため'

const save = (data: object, person: Person = 'root') => cms.rest(person, `PATCH ${town}`, data)
const stored = () =>
  cms.payload.findByID({ collection: 'kizuna-municipalities', id: cms.municipality.id })
const entries = async () => {
  const { docs } = await cms.payload.find({
    collection: 'kizuna-audit-log',
    where: { action: { in: ['pause', 'resume'] } },
    sort: 'createdAt',
    pagination: false,
    depth: 0,
  })
  return docs
}
const notesFor = async (person: Person, day = TODAY) => {
  const { user } = await cms.reqOf(person)
  return (await findPauses(cms.payload, user!, day)).map(({ sentence }) => sentence)
}

afterEach(async () => {
  await save({ isActive: true })
})

describe('a pause', () => {
  test.each([{ isActive: false }, { isActive: false, pauseReason: ' ' }])(
    'does not begin without a reason: %j',
    async (data) => {
      const { status, body } = await save(data)
      expect(status).toBe(400)
      expect(JSON.stringify(body.errors)).toContain('お休みの理由を書いてください')
      expect(await stored()).toMatchObject({ isActive: true })
    },
  )

  test('does not last until a day that is over', async () => {
    const pausedUntil = addDays(TODAY, -1)
    const { status, body } = await save({ isActive: false, pauseReason: REASON, pausedUntil })
    expect(status).toBe(400)
    expect(JSON.stringify(body.errors)).toContain('きょうか、これからの日')
  })

  test('is the system administrator’s: a clerk’s save changes nothing of it', async () => {
    await save({ isActive: false, pauseReason: REASON }, 'machi')
    const { isActive, pauseReason } = await stored()
    expect({ isActive, pauseReason: pauseReason ?? null }).toEqual({
      isActive: true,
      pauseReason: null,
    })
  })

  test('stands in the audit log with why and until when, and so does its end', async () => {
    const before = (await entries()).length
    const pausedUntil = addDays(TODAY, 20)
    expect((await save({ isActive: false, pauseReason: REASON, pausedUntil })).status).toBe(200)
    await save({ dailyCap: 4 }) // something else, saved meanwhile
    await save({ pausedUntil: null })
    await save({ isActive: true })
    const noted = (await entries()).slice(before)
    expect(noted.map(({ action }) => action)).toEqual(['pause', 'pause', 'resume'])
    expect(noted[0]?.note).toContain(`${REASON}。`)
    expect(noted[0]?.note).toContain('までの予定')
    expect(noted[1]?.note).toBe(`${REASON}。再開する日は決まっていません`)
  })

  test('takes its reason and its day along when it ends', async () => {
    await save({ isActive: false, pauseReason: REASON, pausedUntil: TODAY })
    await save({ isActive: true })
    const { pauseReason, pausedUntil } = await stored()
    expect([pauseReason ?? null, pausedUntil ?? null]).toEqual([null, null])
  })

  test('from before there was a reason keeps nobody from saving something else', async () => {
    const where = { id: { equals: cms.municipality.id } }
    await cms.payload.db.updateOne({
      collection: 'kizuna-municipalities',
      where,
      data: { isActive: false, pauseReason: null },
    })
    expect((await save({ dailyCap: 5 })).status).toBe(200)
    expect(await stored()).toMatchObject({ isActive: false, dailyCap: 5 })
  })
})

describe('the home', () => {
  test('tells the clerk, the chief and the administrator for as long as it lasts', async () => {
    expect(await notesFor('machi')).toEqual([])
    await save({ isActive: false, pauseReason: REASON, pausedUntil: TODAY })
    expect(await notesFor('machi')).toEqual([expect.stringContaining(REASON)])
    expect(await notesFor('midori')).toEqual([expect.stringContaining('システム管理者です')])
    expect(await notesFor('root')).toEqual([expect.stringContaining('「配信する」を入れます')])
    const later = addDays(TODAY, 1)
    expect(await notesFor('root', later)).toEqual([expect.stringContaining('過ぎました')])
    expect(await notesFor('mayu', later)).toEqual([
      expect.stringContaining('システム管理者に知らせてください'),
    ])
    expect(await notesFor('hana', later)).toEqual([])
    expect((await stored()).isActive).toBe(false) // nothing begins by itself
  })
})

describe('before it begins', () => {
  test('it is said how many texts and readers fall away', async () => {
    await cms.published({ slot: 'day500' })
    await cms.publishedAddOn()
    await cms.publishedAddOn({ validTo: addDays(TODAY, 1), validFrom: null })
    const date = addDays(TODAY, 1)
    const forecast = {
      date,
      bands: { month0: 61, month4: 61, month16: 61 },
      stages: { age0: 122, age1: 61 },
      editions: { standard: 40 },
    }
    const municipality = cms.municipality.id
    const report = { municipality, date: TODAY, numbers: { readers: 40 }, forecast }
    await cms.payload.create({ collection: 'kizuna-reports', data: report as never })
    const { status, body } = await cms.rest('root', `GET ${town}/pause-effect`)
    expect(status).toBe(200)
    expect(body.sentences[0]).toMatch(/公開中の 3 件が送られなくなります。.*約 40 人/)
    expect(body.sentences[1]).toMatch(/はじめの 7 日間だけで、約 \d+ 通/)
    const until = addDays(TODAY, 28)
    const long = await cms.rest('root', `GET ${town}/pause-effect?until=${until}`)
    const texts = ({ sentences }: { sentences: string[] }) =>
      Number(/約 ([\d,]+) 通/.exec(sentences[1]!)![1])
    expect(texts(long.body)).toBeGreaterThan(texts(body))
  })

  test('nobody else is told', async () => {
    for (const person of ['machi', 'midori', null] as const) {
      expect((await cms.rest(person, `GET ${town}/pause-effect`)).status).toBe(403)
    }
  })

  test('without figures it says so', () => {
    const nothing = { readers: null, asOf: null, deliveries: null, days: 7, until: null }
    const [first, ...rest] = pauseSentences({ texts: 161, ...nothing })
    expect(first).toContain('公開中の 161 件')
    expect(first).toContain('何人に届くかは分かりません')
    expect(rest.join('')).not.toContain('見込み')
  })
})
