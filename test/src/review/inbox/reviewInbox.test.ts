import { describe, expect, test } from '@jest/globals'

import { loadReviewScreen } from '../../../../src/review/inbox/reviewScreen'
import { loadSet, readTargets } from '../../../../src/review/inbox/set'
import { loadReviewInbox } from '../../../../src/review/inbox/reviewInbox'
import type { InboxItem } from '../../../../src/review/inbox/reviewInbox'
import { parsePolicy } from '../../../../src/review/rules/policy'
import type { Person } from '../editorialCms'
import { openEditorialCmsOfFile } from '../editorialCms'

const editions = [{ code: 'standard', label: '標準版' }]
const options = { policy: parsePolicy(), now: () => new Date(), editions }

const cms = await openEditorialCmsOfFile()

const { post } = cms.on('manuscripts')

const edit = (id: string, data: object) => cms.on('manuscripts').edit('hana', id, data)

const deskOf = async (person: Person) => loadReviewInbox(await cms.reqOf(person), options)

const titles = (items: readonly InboxItem[]) => items.map(({ title }) => title)

/** A text of pregnancy, which the doctor of the tests approves as a midwife, in review. */
async function submitted(data: Record<string, unknown> = {}) {
  const { id } = await cms.draft({ topics: ['pregnancy'], ...data })
  await post('hana', `${id}/submit`)
  return id
}

/** The same, live. */
async function live(data: Record<string, unknown> = {}) {
  const id = await submitted(data)
  for (const person of ['doctor', 'midori'] as const) await post(person, `${id}/approve`)
  expect((await post('midori', `${id}/publish`)).status).toBe(200)
  return id
}

describe('what waits for a person', () => {
  test('a text in review, until they approved it; the writer and others do not see it there', async () => {
    const id = await submitted({ title: '初めて' })
    const [item] = (await deskOf('doctor')).toReview.filter((one) => one.id === id)
    expect(item).toMatchObject({
      title: '初めて',
      news: '初めての監修です',
      asWhom: ['助産'],
      writers: ['hana'],
      place: ['見本 0〜10歳', expect.stringMatching(/^生後\d+日$/), '標準版'],
      openComments: 0,
      requests: [],
      group: cms.series.id,
    })
    for (const person of ['hana', 'eiko', 'mayu', 'dango', 'root'] as const) {
      expect(titles((await deskOf(person)).toReview)).not.toContain('初めて')
    }
    await post('doctor', `${id}/approve`)
    expect(titles((await deskOf('doctor')).toReview)).not.toContain('初めて')
    expect(titles((await deskOf('midori')).toReview)).toContain('初めて')
  })

  test('a live text that was edited says what changed since their own approval', async () => {
    const id = await live({ title: '直された' })
    expect(titles((await deskOf('doctor')).toReview)).not.toContain('直された')
    await edit(id, { subject: '新しい件名' })
    expect(titles((await deskOf('doctor')).toReview)).not.toContain('直された')
    await post('hana', `${id}/submit`)
    const [item] = (await deskOf('doctor')).toReview.filter((one) => one.id === id)
    expect(item?.news).toBe('前に承認した内容から: メールの件名')
    const [other] = (await deskOf('kaoru')).toReview.filter((one) => one.id === id)
    expect(other?.news).toBe('公開中の内容から: メールの件名')
  })

  test('a live text whose review is overdue', async () => {
    const id = await live({ title: '期限切れ' })
    const [release] = await cms.releasesOf(`manuscript:${id}`)
    const reviewDueAt = new Date(Date.now() - 1000).toISOString()
    await cms.payload.db.updateOne({
      collection: 'releases',
      id: release!.id,
      data: { reviewDueAt },
    })
    const [item] = (await deskOf('doctor')).toReview.filter((one) => one.id === id)
    expect(item).toMatchObject({ news: '見直しの期限が過ぎています', since: reviewDueAt })
    await post('doctor', `${id}/approve`)
    expect(titles((await deskOf('doctor')).toReview)).not.toContain('期限切れ')
  })

  test('what came back waits for its writer: a request for a change, or a comment, on live texts too', async () => {
    const asked = await submitted({ title: '修正依頼' })
    await post('doctor', `${asked}/request-change`, { comment: '短くしてください。' })
    const said = await live({ title: '公開後のコメント' })
    const comment = { field: 'body', text: '古くなりました。' }
    const { body } = await post('eiko', `${said}/comments`, comment)
    const { toRevise } = await deskOf('hana')
    expect(toRevise).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          id: asked,
          openComments: 0,
          requests: [
            expect.objectContaining({ discipline: '助産', comment: '短くしてください。' }),
          ],
        }),
        expect.objectContaining({ id: said, openComments: 1, requests: [] }),
      ]),
    )
    expect((await deskOf('doctor')).toRevise).toEqual([])
    await post('hana', `${said}/comments/${body.threads[0].id}/resolve`)
    expect(titles((await deskOf('hana')).toRevise)).not.toContain('公開後のコメント')
    await edit(asked, { body: '短い。' })
    await post('hana', `${asked}/submit`)
    expect(titles((await deskOf('hana')).toRevise)).not.toContain('修正依頼')
  })

  test('an add-on waits for its municipality first, then for the team', async () => {
    const { id } = await cms.addOn({ title: '町のお知らせ' })
    await cms.rest('machi', `POST /add-ons/${id}/submit`, {})
    expect(titles((await deskOf('midori')).toReview)).not.toContain('町のお知らせ')
    const [item] = (await deskOf('mayu')).toReview
    expect(item).toMatchObject({ title: '町のお知らせ', place: ['見本町', '生後4か月から'] })
    await cms.rest('mayu', `POST /add-ons/${id}/approve`, {})
    expect(titles((await deskOf('midori')).toReview)).toContain('町のお知らせ')
  })

  test('the longest wait comes first', async () => {
    const { toReview } = await deskOf('midori')
    const since = toReview.map((item) => item.since)
    expect(since.length).toBeGreaterThan(1)
    expect(since).toEqual(since.toSorted())
  })
})

describe('the screen of one review', () => {
  test('shows each field with what changed in it, and the text as readers get it', async () => {
    const id = await live({ body: '塩分は1日10gまでに。' })
    await edit(id, { body: '塩分は1日6gまでに。' })
    await post('hana', `${id}/submit`)
    const target = { collection: 'manuscripts', id } as const
    const screen = await loadReviewScreen(await cms.reqOf('doctor'), target, options)
    const changed = screen.fields.filter(({ parts }) => parts !== null)
    expect(changed).toMatchObject([
      {
        path: 'body',
        label: '本文',
        text: '塩分は1日6gまでに。',
        parts: expect.arrayContaining([
          { kind: 'removed', text: '10g' },
          { kind: 'added', text: '6g' },
        ]),
      },
    ])
    expect(screen).toMatchObject({
      hasBaseline: true,
      canComment: true,
      canWrite: false,
      removed: [],
      comparison: expect.stringMatching(/^あなたが .+ に承認した内容から/),
    })
    expect(JSON.stringify(screen.readers.before?.line)).toContain('1日10g')
    expect(JSON.stringify(screen.readers.after.line)).toContain('1日6g')
    expect(screen.verdicts.map(({ verdict, isCurrent }) => [verdict, isCurrent])).toEqual([
      ['submit', false],
      ['approve', false],
      ['approve', false],
      ['submit', true],
    ])
  })

  test('tells municipal staff nothing of the team’s verdicts on a common text', async () => {
    const id = await submitted({ title: '共通の原稿' })
    await post('doctor', `${id}/request-change`, { comment: '内輪の話' })
    await post('doctor', `${id}/approve`)
    await post('midori', `${id}/approve`)
    expect((await post('midori', `${id}/publish`)).status).toBe(200)
    const target = { collection: 'manuscripts', id } as const
    for (const [person, count] of [
      ['machi', 0],
      ['mayu', 0],
      ['hana', 4],
    ] as const) {
      const screen = await loadReviewScreen(await cms.reqOf(person), target, options)
      expect({ person, count: screen.verdicts.length }).toEqual({ person, count })
    }
  })

  test('is closed to those who may not read the text', async () => {
    const id = await submitted()
    const target = { collection: 'manuscripts', id } as const
    for (const person of ['mayu', 'dango'] as const) {
      const screen = loadReviewScreen(await cms.reqOf(person), target, options)
      await expect(screen).rejects.toThrow('見る権限がありません')
    }
  })
})

test('a set is shown in the order asked for, without what the person may not read', async () => {
  const [first, second] = [await submitted(), await submitted()]
  const items = `manuscripts:${second},users:${first},manuscripts:${first},manuscripts:x`
  const targets = readTargets(items)
  const shown = await loadSet(await cms.reqOf('doctor'), targets, options)
  expect(shown.map(({ id }) => id)).toEqual([second, first])
  expect(await loadSet(await cms.reqOf('mayu'), targets, options)).toEqual([])
})
