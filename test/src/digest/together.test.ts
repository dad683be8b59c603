// Working together on one text: who is asked to look at it by when, and how they are told.
import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Where } from 'payload'

import { sendDigests } from '../../../src/digest/send'
import { findAskedWords } from '../../../src/review/inbox/askedTexts'
import { findEditing } from '../../../src/review/gate/editing'
import { findElsewhere } from '../../../src/review/inbox/elsewhere'
import { findMentions } from '../../../src/review/inbox/mentions'
import { loadReviewInbox } from '../../../src/review/inbox/reviewInbox'
import { findScheduled } from '../../../src/review/inbox/scheduled'
import { publishDue } from '../../../src/review/operations/publishDue'
import type { ReviewRequests } from '../../../src/review/operations/reviewRequestEndpoints'
import { parsePolicy } from '../../../src/review/rules/policy'
import { publishTime } from '../../../src/review/rules/schedule'
import { addDays, localDayOf } from '../../../src/stage/day'
import { clockLabel, monthDayLabel } from '../../../src/stage/japaneseDate'
import { countQueries } from '../../countQueries'
import type { Person } from '../review/editorialCms'
import { openMailedCms } from './mailedCms'
import { recipientOf } from './relay'

const { cms, mails } = await openMailedCms()
const policy = parsePolicy()
const today = localDayOf(new Date())
const day = (count: number) => addDays(today, count)

/** A text of Hana's that waits for a doctor and a chief. */
async function submitted(title: string) {
  const { id } = await cms.draft({ title, topics: ['health'] })
  await cms.rest('hana', `POST /kizuna-manuscripts/${id}/submit`)
  return String(id)
}

const ask = (person: Person, id: string, body: object) =>
  cms.rest(person, `POST /kizuna-manuscripts/${id}/ask-review`, body)
const doctorBy = (count: number) => ({
  reviewer: cms.users.doctor.id,
  discipline: 'medical',
  day: day(count),
})
const look = async (person: Person, id: string): Promise<ReviewRequests> =>
  (await cms.rest(person, `GET /kizuna-manuscripts/${id}/review-requests`)).body
const inboxOf = async (person: Person, now = new Date()) => {
  const req = await cms.reqOf(person)
  return loadReviewInbox(req, { policy, now: () => now, editions: [] })
}
const at = (count: number) => new Date(`${day(count)}T08:00:00+09:00`)
const send = (count: number) => sendDigests(cms.payload, { policy, now: () => at(count) })
const mailTo = (person: Person) => mails.find((mail) => recipientOf(mail) === person)?.text ?? ''

/** Takes away that somebody had a digest: days of these tests are not in order. */
beforeEach(async () => {
  for (const { id } of Object.values(cms.users)) {
    const data = { kizunaLastDigestOn: null }
    await cms.payload.db.updateOne({ collection: 'users', id, data })
  }
})

describe('asking somebody to look at a text by a day', () => {
  test('offers those whose approval is missing, and nobody who wrote it', async () => {
    const id = await submitted('見本 だれに')
    const { candidates, days, canAsk } = await look('hana', id)
    expect(canAsk).toBe(true)
    expect(days).toEqual({ first: today, proposed: day(7), last: day(90) })
    const offered = candidates.map((one) => `${one.discipline} ${one.name}`)
    expect(offered).toContain('medical doctor(監修)')
    expect(offered).toContain('chief midori(監修責任者)')
    expect(offered.join()).not.toMatch(/hana|eiko|machi/)
    expect(await look('doctor', id)).toMatchObject({ canAsk: false, candidates: [] })
  })

  test('puts it first in her queue with the day, marked when it is over, and is no lock', async () => {
    const older = await submitted('見本 前からある')
    const id = await submitted('見本 頼まれた')
    expect((await ask('hana', id, doctorBy(7))).status).toBe(200)
    const { toReview } = await inboxOf('doctor')
    expect(toReview[0]).toMatchObject({
      id,
      asked: { words: `あなたに頼まれています(${monthDayLabel(day(7))}まで)`, isLate: false },
    })
    expect(toReview.find((one) => one.id === older)?.asked).toBeNull()
    const late = (await inboxOf('doctor', at(8))).toReview[0]?.asked
    expect(late).toMatchObject({ isLate: true, words: expect.stringContaining('期日を過ぎて') })
    const approved = await cms.rest('midori', `POST /kizuna-manuscripts/${id}/approve`)
    expect(approved.status).toBe(200)
  })

  test('tells the asker whom, by when and that it was answered; after an edit it carries over', async () => {
    const id = await submitted('見本 答え')
    await ask('hana', id, doctorBy(7))
    const shown = async () =>
      (await look('hana', id)).requests.map(({ name, state }) => [name, state])
    expect(await shown()).toEqual([['doctor', 'open']])
    const own = (await findElsewhere(await cms.reqOf('hana'), 50)).requested
    const wordsOf = await findAskedWords(await cms.reqOf('hana'), own.texts, { policy, today })
    const listed = own.texts.find(({ document }) => document === id)
    expect(listed && wordsOf(listed)).toBe(`doctor(医師)さん、${monthDayLabel(day(7))}まで`)
    await cms.rest('doctor', `POST /kizuna-manuscripts/${id}/approve`)
    expect(await shown()).toEqual([['doctor', 'answered']])
    await cms.on('kizuna-manuscripts').edit('hana', id, { body: '書き直した本文です。' })
    expect(await shown()).toEqual([['doctor', 'not-yet']])
    await cms.rest('hana', `POST /kizuna-manuscripts/${id}/submit`)
    expect(await shown()).toEqual([['doctor', 'open']])
  })

  test('is taken back, or given to another, and all of it is in the log', async () => {
    const id = await submitted('見本 ほかの人へ')
    const chief = (person: Person) => ({
      reviewer: cms.users[person].id,
      discipline: 'chief',
      day: day(3),
    })
    await ask('hana', id, chief('midori'))
    await ask('taro', id, { ...chief('kaoru'), instead: cms.users.midori.id })
    expect((await look('hana', id)).requests.map(({ name, by }) => [name, by])).toEqual([
      ['kaoru', 'taro'],
    ])
    const { reviewer, discipline } = chief('kaoru')
    const back = `POST /kizuna-manuscripts/${id}/take-back-review`
    expect((await cms.rest('doctor', back, { reviewer, discipline })).status).toBe(403)
    expect((await cms.rest('hana', back, { reviewer, discipline })).body.requests).toEqual([])
    const where: Where = { documentId: { equals: id } }
    const { docs } = await cms.payload.find({ collection: 'kizuna-audit-log', where, sort: 'id' })
    const steps = docs.map(({ action, note }) => [action, note])
    expect(steps).toContainEqual([
      'ask-review',
      `midori(監修責任者)さんに、${monthDayLabel(day(3))}までに`,
    ])
    expect(steps.filter(([action]) => action === 'take-back-review')).toHaveLength(2)
  })

  let refused = ''
  test.each([
    ['an author', { reviewer: 'hana', discipline: 'chief' }, 400],
    ['of another discipline', { reviewer: 'eiko', discipline: 'medical' }, 400],
    ['of a municipality', { reviewer: 'mayu', discipline: 'municipality' }, 400],
    ['by a day that is over', { reviewer: 'doctor', discipline: 'medical', day: day(-1) }, 400],
    ['by a day far away', { reviewer: 'doctor', discipline: 'medical', day: day(91) }, 400],
  ] as const)('is refused: %s', async (_, given, status) => {
    const id = (refused ||= await submitted('見本 断る'))
    const body = { day: day(7), ...given, reviewer: cms.users[given.reviewer].id }
    expect((await ask('hana', id, body)).status).toBe(status)
    expect((await look('hana', id)).requests).toEqual([])
  })

  test('is for who hands the text in and the chief, once it is handed in', async () => {
    const { id } = await cms.draft({ topics: ['health'] })
    expect((await ask('hana', String(id), doctorBy(7))).status).toBe(409)
    await cms.rest('hana', `POST /kizuna-manuscripts/${id}/submit`)
    for (const person of ['doctor', 'machi', 'root'] as const) {
      expect([person, (await ask(person, String(id), doctorBy(7))).status]).toEqual([
        person,
        person === 'machi' ? 404 : 403,
      ])
    }
    expect((await ask('midori', String(id), doctorBy(7))).status).toBe(200)
  })

  test('in a municipality asks its own approver and nobody of the team', async () => {
    const { id } = await cms.addOn()
    await cms.on('kizuna-add-ons').post('machi', `${id}/submit`)
    const path = `/kizuna-add-ons/${id}`
    const { body } = await cms.rest('machi', `GET ${path}/review-requests`)
    expect(body.candidates.map(({ name }: { name: string }) => name)).toEqual([
      'mayu(自治体の承認)',
    ])
    const asked = { reviewer: cms.users.mayu.id, discipline: 'municipality', day: day(2) }
    expect((await cms.rest('machi', `POST ${path}/ask-review`, asked)).status).toBe(200)
    expect((await inboxOf('mayu')).toReview[0]).toMatchObject({ id, asked: { isLate: false } })
  })
})

describe('the digest', () => {
  test('reminds her the day before and when it is over, and then tells who asked', async () => {
    const title = '見本 期日のある原稿'
    const id = await submitted(title)
    await ask('hana', id, doctorBy(10))
    const until = monthDayLabel(day(10))
    await send(8)
    expect(mailTo('doctor')).not.toContain(`${title}(`)
    mails.length = 0
    await send(9)
    expect(mailTo('doctor')).toContain(
      `・${title}(${until}まで)\n  https://cms.example/admin/desk/`,
    )
    expect(mailTo('hana')).not.toContain(title)
    mails.length = 0
    await send(11)
    await send(11)
    expect(mails.filter((mail) => recipientOf(mail) === 'doctor')).toHaveLength(1)
    expect(mailTo('doctor')).toContain(`・${title}(${until}まで・期日を過ぎています)`)
    expect(mailTo('hana')).toContain(
      `・${title}(doctor(監修)さん、${until}まで・期日を過ぎています)`,
    )
  })

  test('tells who asked that somebody has left, as the home and the text do', async () => {
    const title = '見本 異動した人へ'
    const id = await submitted(title)
    await ask('hana', id, doctorBy(1))
    const mark = (kizunaHasLeft: boolean) =>
      cms.payload.db.updateOne({
        collection: 'users',
        id: cms.users.doctor.id,
        data: { kizunaHasLeft },
      })
    await mark(true)
    try {
      await send(0)
      expect(mailTo('hana')).toContain(`・${title}(ほかの人に頼んでください)`)
      expect((await look('hana', id)).requests).toMatchObject([{ isGone: true }])
    } finally {
      await mark(false)
    }
  })
})

describe('calling a colleague in a comment', () => {
  const at = (id: string, path: string) => `POST /kizuna-manuscripts/${id}/${path}`
  const comment = (person: Person, id: string, called: Person[]) =>
    cms.rest(person, at(id, 'comments'), {
      field: 'body',
      text: '@doctor 量はこれでよいですか。',
      mentions: called.map((one) => cms.users[one].id),
    })
  const callsTo = async (person: Person) =>
    (await findMentions(await cms.reqOf(person))).texts.map(({ document }) => document)

  test('offers those who can read what is said, and nobody else can be called', async () => {
    const id = await submitted('見本 呼びかけ')
    const { body } = await cms.rest('hana', `GET /kizuna-manuscripts/${id}/mentionable`)
    const names = body.people.map(({ name }: { name: string }) => name)
    expect(names).toEqual(expect.arrayContaining(['doctor(監修)', 'midori(監修責任者)']))
    expect(names.join()).not.toMatch(/hana|machi|dango|root/)
    const refused = await comment('hana', id, ['machi'])
    expect(refused.status).toBe(400)
    expect(refused.body.errors[0].message).toMatch(/読めない人には呼びかけられません/)
    const { id: addOn } = await cms.addOn()
    const own = await cms.rest('doctor', `GET /kizuna-add-ons/${addOn}/mentionable`)
    expect(own.body.people.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['machi(自治体の編集)', 'mayu(自治体の承認)']),
    )
  })

  test('is on her home until she opens it, or answers, and in her next digest', async () => {
    const title = '見本 呼ばれた'
    const id = await submitted(title)
    const { body } = await comment('hana', id, ['doctor', 'midori'])
    expect(body.threads[0]).toMatchObject({ mentions: ['doctor', 'midori'], isForMe: false })
    expect(await callsTo('doctor')).toContain(id)
    mails.length = 0
    await send(0)
    expect(mailTo('doctor')).toMatch(
      new RegExp(`呼びかけがあった原稿: \\d+ 件\\n(・.*\\n.*\\n)*・${title}`),
    )
    const looked = await cms.rest('doctor', `GET /kizuna-manuscripts/${id}/comments`)
    expect(looked.body.threads[0]).toMatchObject({ isForMe: true, isResolved: false })
    expect((await cms.rest('doctor', at(id, 'comments/seen'))).body).toEqual({ seen: 1 })
    expect((await cms.rest('doctor', at(id, 'comments/seen'))).body).toEqual({ seen: 0 })
    expect(await callsTo('doctor')).not.toContain(id)
    const thread = body.threads[0].id
    const answer = { text: '@hana はい。', mentions: [cms.users.hana.id] }
    await cms.rest('midori', at(id, `comments/${thread}/reply`), answer)
    expect([await callsTo('midori'), await callsTo('hana')]).toEqual([
      expect.not.arrayContaining([id]),
      expect.arrayContaining([id]),
    ])
  })
})

describe('who is writing in a text now', () => {
  test('is said by name and time to the others, once for a whole list, until the lock runs out', async () => {
    const text = { collection: 'kizuna-manuscripts' as const, id: await submitted('見本 編集中') }
    const lock = await cms.payload.db.create({
      collection: 'payload-locked-documents',
      data: {
        document: { relationTo: text.collection, value: text.id },
        user: { relationTo: 'users', value: cms.users.hana.id },
      },
    })
    const read = async (person: Person) =>
      (await findEditing(await cms.reqOf(person), [text]))(text.id)
    const words = `hanaさんが編集中(${clockLabel(String(lock.createdAt))}から)`
    expect(await read('doctor')).toBe(words)
    expect(await read('hana')).toBe('')
    const look = `GET /kizuna-manuscripts/${text.id}/editing`
    expect((await cms.rest('doctor', look)).body).toEqual({ editing: words })
    expect((await cms.rest('machi', look)).status).toBe(404)
    const { toReview } = await inboxOf('doctor')
    expect(toReview.find(({ id }) => id === text.id)?.editing).toBe(words)
    const many = Array.from({ length: 100 }, () => text)
    const req = await cms.reqOf('doctor')
    const { queries } = await countQueries(cms.payload, () => findEditing(req, many))
    expect(queries).toBeLessThanOrEqual(2) // the locks, and the names
    const updatedAt = new Date(Date.now() - 301_000).toISOString()
    await cms.payload.db.updateOne({
      collection: 'payload-locked-documents',
      id: lock.id,
      data: { updatedAt },
    })
    expect(await read('doctor')).toBe('')
  })
})

describe('publishing at a chosen time', () => {
  const HOUR_MS = 3_600_000
  const at = (id: string, path: string) => `POST /kizuna-manuscripts/${id}/${path}`
  /** As the field of a page writes an instant, in Japan. */
  const typed = (instant: Date) =>
    new Date(instant.getTime() + 9 * HOUR_MS).toISOString().slice(0, 16)
  const approved = async (title: string) => {
    const { id } = await cms.draft({ title })
    await cms.rest('hana', at(String(id), 'submit'))
    await cms.rest('midori', at(String(id), 'approve'))
    return String(id)
  }
  const inAnHour = () => new Date(Math.ceil(Date.now() / 60_000) * 60_000 + HOUR_MS)
  const schedule = (person: Person, id: string, when = inAnHour()) =>
    cms.rest(person, at(id, 'schedule'), { publishAt: typed(when) })
  const run = (now: Date) => publishDue(cms.payload, { policy, now: () => now })
  const stateOf = async (id: string) =>
    (await cms.rest('midori', `GET /kizuna-manuscripts/${id}/review`)).body
  const notesOf = async (id: string) => {
    const where: Where = { documentId: { equals: id } }
    const { docs } = await cms.payload.find({ collection: 'kizuna-audit-log', where, sort: 'id' })
    return docs.map(({ action, note }) => [action, note])
  }
  const minutes = (when: Date, count: number) => new Date(when.getTime() + count * 60_000)

  test('asks the gate when it is chosen, and is for the chief and a time to come', async () => {
    const { id } = await cms.draft()
    expect((await schedule('midori', String(id))).body.errors[0].data.code).toBe(
      'MISSING_APPROVALS',
    )
    const ready = await approved('見本 予約の断り')
    expect((await schedule('hana', ready)).status).toBe(403)
    for (const when of [new Date(Date.now() - HOUR_MS), at90()]) {
      expect((await schedule('midori', ready, when)).status).toBe(400)
    }
    expect((await cms.rest('midori', at(ready, 'schedule'), {})).status).toBe(400)
    expect((await stateOf(ready)).schedule).toBeNull()
  })
  const at90 = () => new Date(Date.now() + 91 * 24 * HOUR_MS)

  test('two programs at that time publish it once, as the chief who chose it', async () => {
    const id = await approved('見本 予約')
    const when = inAnHour()
    const words = `公開予約 ${publishTime(when.toISOString())}`
    const { body } = await schedule('midori', id, when)
    expect(body).toMatchObject({ state: 'approved', schedule: { words, isBroken: false } })
    const { coming } = await findScheduled(await cms.reqOf('hana'))
    expect(coming.texts.map(({ document }) => document)).toContain(id)
    expect((await inboxOf('midori')).toPublish.map((one) => one.id)).not.toContain(id)
    expect(await run(minutes(when, -1))).toBe(0)
    const both = await Promise.all([run(minutes(when, 1)), run(minutes(when, 1))])
    expect(both[0]! + both[1]!).toBe(1)
    const releases = await cms.releasesOf(`manuscript:${id}`)
    expect(releases).toMatchObject([{ action: 'publish', publishedBy: cms.users.midori.id }])
    expect(await stateOf(id)).toMatchObject({ state: 'published', schedule: null })
    expect(await notesOf(id)).toContainEqual([
      'publish',
      `予約(${publishTime(when.toISOString())})による公開`,
    ])
  })

  test('a CMS that was down publishes when it is back, saying so, and not after a day', async () => {
    const [late, over] = [await approved('見本 遅れ'), await approved('見本 遅すぎ')]
    const when = inAnHour()
    await schedule('midori', late, when)
    expect(await run(minutes(when, 90))).toBe(1)
    expect(JSON.stringify(await notesOf(late))).toContain('90 分遅れて公開しました')
    await schedule('midori', over, when)
    expect(await run(minutes(when, 24 * 60 + 1))).toBe(0)
    expect((await stateOf(over)).schedule.refusal).toContain('1 日以上過ぎた')
    expect((await cms.rest('hana', at(over, 'unschedule'))).body.schedule).toBeNull()
  })

  test('what was edited is refused loudly, told at the save, and left as it was', async () => {
    const title = '見本 予約のあとの直し'
    const id = await approved(title)
    const when = inAnHour()
    await schedule('midori', id, when)
    await cms.on('kizuna-manuscripts').edit('hana', id, { body: '直した本文です。' })
    expect((await stateOf(id)).schedule).toMatchObject({ isBroken: true, refusal: null })
    const before = await cms.snapshot('kizuna-manuscripts', id)
    expect(await run(minutes(when, 1))).toBe(0)
    expect(await run(minutes(when, 2))).toBe(0)
    expect(await cms.snapshot('kizuna-manuscripts', id)).toEqual(before)
    const notes = await notesOf(id)
    expect(notes.filter(([action]) => action === 'schedule-refused')).toHaveLength(1)
    for (const person of ['midori', 'hana'] as const) {
      const { refused } = await findScheduled(await cms.reqOf(person))
      expect(refused.texts.map(({ document }) => document)).toContain(id)
    }
    mails.length = 0
    await send(0)
    for (const person of ['midori', 'hana'] as const) {
      expect(mailTo(person)).toContain(`・${title}(予約のあとで内容が変わったため`)
    }
  })

  test('who lost the right to publish publishes nothing, and a schedule is taken back', async () => {
    const [id, back] = [await approved('見本 異動'), await approved('見本 取り消し')]
    const when = inAnHour()
    await schedule('midori', id, when)
    await schedule('midori', back, when)
    expect((await cms.rest('hana', at(back, 'unschedule'))).status).toBe(403)
    expect((await cms.rest('kaoru', at(back, 'unschedule'))).body.schedule).toBeNull()
    const give = (kizunaRoles: string[]) =>
      cms.payload.db.updateOne({
        collection: 'users',
        id: cms.users.midori.id,
        data: { kizunaRoles },
      })
    await give(['reviewer'])
    try {
      expect(await run(minutes(when, 1))).toBe(0)
    } finally {
      await give(['chief'])
    }
    expect((await stateOf(id)).schedule.refusal).toContain('いまは公開できない')
    expect(await cms.releasesOf(`manuscript:${id}`)).toEqual([])
  })
})
