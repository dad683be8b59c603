import { describe, expect, test } from '@jest/globals'

import { stepsFor } from '../../../../src/admin/review/steps'
import { NOT_SUBMITTED } from '../../../../src/review/rules/decide'
import { findElsewhere, namesOf, whoseTurn } from '../../../../src/review/inbox/elsewhere'
import { findNextReviews } from '../../../../src/review/inbox/nextReviews'
import { loadReviewScreen } from '../../../../src/review/inbox/reviewScreen'
import { loadSet, readTargets } from '../../../../src/review/inbox/set'
import { loadReviewInbox } from '../../../../src/review/inbox/reviewInbox'
import type { InboxItem } from '../../../../src/review/inbox/reviewInbox'
import { rebuildStates } from '../../../../src/review/queries/refreshStates'
import { findWaiting } from '../../../../src/review/inbox/waitingStates'
import { loadAllWaiting, reviewQueueOf } from '../../../../src/review/inbox/reviewQueue'
import { parsePolicy } from '../../../../src/review/rules/policy'
import type { Person } from '../editorialCms'
import { openEditorialCmsOfFile } from '../editorialCms'

const editions = [{ code: 'standard', label: '標準版' }]
const options = { policy: parsePolicy(), now: () => new Date(), editions }

const cms = await openEditorialCmsOfFile()

const { post } = cms.on('kizuna-manuscripts')

const edit = (id: string, data: object) => cms.on('kizuna-manuscripts').edit('hana', id, data)

const deskOf = async (person: Person) => loadReviewInbox(await cms.reqOf(person), options)

const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id)

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

/** Lets the time for looking at a live text again run out; answers when that was. */
async function makeOverdue(id: string): Promise<string> {
  const [release] = await cms.releasesOf(`manuscript:${id}`)
  const reviewDueAt = new Date(Date.now() - 1000).toISOString()
  await cms.payload.db.updateOne({
    collection: 'kizuna-releases',
    id: release!.id,
    data: { reviewDueAt },
  })
  await rebuildStates(cms.payload, options.policy) // nobody was told of that
  return reviewDueAt
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
    const reviewDueAt = await makeOverdue(id)
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
    expect((await deskOf('hana')).toRevise).toContainEqual(
      expect.objectContaining({
        id: asked,
        requests: [expect.objectContaining({ comment: '短くしてください。' })],
      }),
    )
    await post('hana', `${asked}/submit`)
    expect(titles((await deskOf('hana')).toRevise)).not.toContain('修正依頼')
  })

  test('an add-on waits for its municipality first, then for the team', async () => {
    const { id } = await cms.addOn({ title: '町のお知らせ' })
    await cms.rest('machi', `POST /kizuna-add-ons/${id}/submit`, {})
    expect(titles((await deskOf('midori')).toReview)).not.toContain('町のお知らせ')
    const [item] = (await deskOf('mayu')).toReview
    expect(item).toMatchObject({ title: '町のお知らせ', place: ['見本町', '生後4か月から'] })
    await cms.rest('mayu', `POST /kizuna-add-ons/${id}/approve`, {})
    expect(titles((await deskOf('midori')).toReview)).toContain('町のお知らせ')
  })

  test('a text with all approvals waits for the chief, who is told what it changes', async () => {
    const [fresh, again] = [await submitted({ title: '公開できる' }), await live({ title: '更新' })]
    await edit(again, { subject: '新しい件名' })
    await post('hana', `${again}/submit`)
    for (const id of [fresh, again]) {
      expect(idsOf((await deskOf('midori')).toPublish)).not.toContain(id)
      for (const person of ['doctor', 'midori'] as const) await post(person, `${id}/approve`)
    }
    const { toPublish, toReview } = await deskOf('midori')
    expect(toPublish.filter(({ id }) => [fresh, again].includes(id))).toMatchObject([
      { id: fresh, news: '初めての公開です' },
      { id: again, news: '前に承認した内容から: メールの件名' },
    ])
    const others = (await deskOf('kaoru')).toPublish.filter(({ id }) => id === again)
    expect(others).toMatchObject([{ news: '公開中の内容から: メールの件名' }])
    expect(idsOf(toReview)).not.toContain(fresh)
    for (const person of ['hana', 'doctor', 'mayu', 'root'] as const) {
      expect((await deskOf(person)).toPublish).toEqual([])
    }
    for (const id of [fresh, again]) {
      expect((await post('midori', `${id}/publish`)).status).toBe(200)
      expect(idsOf((await deskOf('midori')).toPublish)).not.toContain(id)
    }
  })

  test('what is overdue and approved again waits to be published again', async () => {
    const id = await live({ title: '見直した' })
    await makeOverdue(id)
    for (const person of ['doctor', 'midori'] as const) {
      expect(idsOf((await deskOf('midori')).toPublish)).not.toContain(id)
      await post(person, `${id}/approve`)
    }
    expect(idsOf((await deskOf('midori')).toPublish)).toContain(id)
    expect((await post('midori', `${id}/publish`)).status).toBe(200)
    expect(idsOf((await deskOf('midori')).toPublish)).not.toContain(id)
  })

  test('the first page and the mail count what the desk shows', async () => {
    const asked = await submitted({ title: '二人目' })
    await post('midori', `${asked}/approve`)
    for (const person of ['midori', 'kaoru', 'doctor', 'eiko', 'mayu'] as const) {
      const req = await cms.reqOf(person)
      const queue = reviewQueueOf(req.user, await loadAllWaiting(req, options))
      const { toReview, toPublish } = await deskOf(person)
      expect({ person, ids: idsOf(queue.toPublish).toSorted() }).toEqual({
        person,
        ids: idsOf(toPublish).toSorted(),
      })
      expect({ person, ids: idsOf(queue.toApprove).toSorted() }).toEqual({
        person,
        ids: idsOf(toReview).toSorted(),
      })
    }
  })

  test('the home has each part as the desk has it, what was only commented on too', async () => {
    const commented = await submitted({ title: 'ひとことだけ' })
    const body = { field: 'body', text: '短くできますか。' }
    expect((await post('doctor', `${commented}/comments`, body)).status).toBe(200)
    expect(idsOf((await deskOf('hana')).toRevise)).toContain(commented)
    for (const person of Object.keys(cms.users) as Person[]) {
      const desk = await deskOf(person)
      const home = await findWaiting(await cms.reqOf(person), options)
      for (const part of ['toReview', 'toPublish', 'toRevise'] as const) {
        const ids = home[part].texts.map(({ document }) => document)
        expect({ person, part, ids }).toEqual({
          person,
          part,
          ids: idsOf(desk[part]),
        })
      }
    }
  })

  test('the longest wait comes first', async () => {
    const { toReview } = await deskOf('midori')
    const since = toReview.map((item) => item.since)
    expect(since.length).toBeGreaterThan(1)
    expect(since).toEqual(since.toSorted())
  })
})

const comparisonFor = async (person: Person, id: string) => {
  const target = { collection: 'kizuna-manuscripts', id } as const
  return (await loadReviewScreen(await cms.reqOf(person), target, options)).comparison
}

const NOTICE = { timing: 'notice', validFrom: '2099-01-01' }

describe('the screen of one review', () => {
  test.each([
    { name: 'an add-on under the text of its first day', data: {}, isUnder: true },
    { name: 'a notice by itself', data: NOTICE, isUnder: false },
  ])('shows $name', async ({ data, isUnder }) => {
    const text = await live({ body: 'お便りの本文です。' })
    const { slot } = (await cms.rest('hana', `GET /kizuna-manuscripts/${text}`)).body
    const { id } = await cms.addOn({ from: slot, to: slot, ...data })
    const target = { collection: 'kizuna-add-ons', id } as const
    const { readers } = await loadReviewScreen(await cms.reqOf('mayu'), target, options)
    const shown = JSON.stringify(readers.after.line)
    expect(shown).toContain('見本のお知らせ')
    expect(shown.includes('お便りの本文')).toBe(isUnder)
  })

  test('shows each field with what changed in it, and the text as readers get it', async () => {
    const id = await live({ body: '塩分は1日10gまでに。' })
    await edit(id, { body: '塩分は1日6gまでに。' })
    await post('hana', `${id}/submit`)
    const target = { collection: 'kizuna-manuscripts', id } as const
    const screen = await loadReviewScreen(await cms.reqOf('doctor'), target, options)
    expect(screen.fields[0]?.path).toBe('body')
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
    expect(await comparisonFor('doctor', id)).toMatch(/変わったところを示しています。$/)
    await post('doctor', `${id}/approve`)
    expect(await comparisonFor('doctor', id)).toMatch(
      /^あなたは .+ にこの内容を承認しました。その前に承認した内容から、変わったところを示しています。$/,
    )
    expect(await comparisonFor('hana', id)).not.toContain('確かめて')
    expect(screen.verdicts.map(({ verdict, isCurrent }) => [verdict, isCurrent])).toEqual([
      ['submit', false],
      ['approve', false],
      ['approve', false],
      ['submit', true],
    ])
  })

  test('asks nobody who approved, published or only reads to check it once more', async () => {
    const id = await submitted({ title: '見終わった' })
    expect(await comparisonFor('doctor', id)).toMatch(/全文を確かめてください。$/)
    expect(await comparisonFor('hana', id)).toBe('前に承認した内容はありません。')
    for (const person of ['doctor', 'midori'] as const) {
      await post(person, `${id}/approve`)
      expect(await comparisonFor(person, id)).toMatch(/^あなたは .+ にこの内容を承認しました。$/)
    }
    await post('midori', `${id}/publish`)
    for (const person of ['doctor', 'midori', 'kaoru'] as const) {
      expect(await comparisonFor(person, id)).not.toContain('確かめて')
    }
  })

  test('tells municipal staff nothing of the team’s verdicts on a common text', async () => {
    const id = await submitted({ title: '共通の原稿' })
    await post('doctor', `${id}/request-change`, { comment: '内輪の話' })
    await post('doctor', `${id}/approve`)
    await post('midori', `${id}/approve`)
    expect((await post('midori', `${id}/publish`)).status).toBe(200)
    const target = { collection: 'kizuna-manuscripts', id } as const
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
    const target = { collection: 'kizuna-manuscripts', id } as const
    for (const person of ['mayu', 'dango'] as const) {
      const screen = loadReviewScreen(await cms.reqOf(person), target, options)
      await expect(screen).rejects.toThrow('見る権限がありません')
    }
  })
})

describe('who asked for a change', () => {
  const target = (id: string) => ({ collection: 'kizuna-manuscripts', id }) as const
  const answeredFor = async (person: Person, id: string) => {
    const screen = await loadReviewScreen(await cms.reqOf(person), target(id), options)
    const [shown] = await loadSet(await cms.reqOf(person), [target(id)], options)
    expect(shown?.answered).toEqual(screen.answered)
    return screen.answered
  }

  test('sees it again beside the text that was handed in for it, with what changed since', async () => {
    const id = await submitted({ title: '直して出した', body: '塩分は1日10gまでに。' })
    await post('doctor', `${id}/request-change`, { comment: '6gです。' })
    await edit(id, { body: '塩分は1日6gまでに。' })
    expect(await answeredFor('doctor', id)).toEqual([])
    expect(idsOf((await deskOf('doctor')).toReview)).not.toContain(id)
    await post('hana', `${id}/submit`)
    const [item] = (await deskOf('doctor')).toReview.filter((one) => one.id === id)
    expect(item?.news).toMatch(/^あなたの修正依頼のあと、もう一度出されました。/)
    expect(await answeredFor('doctor', id)).toMatchObject([
      {
        by: 'doctor',
        isOwn: true,
        about: '助産',
        comment: '6gです。',
        changes: [
          {
            label: '本文',
            parts: expect.arrayContaining([
              { kind: 'removed', text: '10g' },
              { kind: 'added', text: '6g' },
            ]),
          },
        ],
      },
    ])
    expect(await answeredFor('midori', id)).toMatchObject([{ by: 'doctor', isOwn: false }])
    const { status } = await loadReviewScreen(await cms.reqOf('doctor'), target(id), options)
    expect(status).toMatchObject({ state: 'in_review', can: { approveAs: ['midwifery'] } })
    await post('doctor', `${id}/approve`)
    expect(await answeredFor('doctor', id)).toEqual([])
  })

  test('is what its writer reads beside the button while the text is being changed', async () => {
    const id = await submitted()
    await post('doctor', `${id}/request-change`, { comment: '短くしてください。' })
    await edit(id, { body: '短い。' })
    const { status } = await loadReviewScreen(await cms.reqOf('hana'), target(id), options)
    expect(status).toMatchObject({
      state: 'needs_changes',
      label: '修正依頼あり',
      remarks: [{ kind: 'request', by: 'doctor', text: '短くしてください。' }],
      can: { submit: true, revise: true },
    })
  })
})

describe('who acts next reads beside the button what was said', () => {
  const remarksFor = async (person: Person, id: string) => {
    const { body } = await cms.rest(person, `GET /kizuna-manuscripts/${id}/review`)
    return body.remarks.map(({ kind, by, about, text }: Record<string, string>) =>
      [kind, by, about, text].join(' '),
    )
  }

  test('with an approval, in an open comment, and with a request that stands', async () => {
    const id = await submitted({ title: 'ひとこと' })
    await post('doctor', `${id}/approve`, { comment: '数字は最新です。' })
    const comment = { field: 'body', text: '短くできますか。' }
    const { body } = await post('eiko', `${id}/comments`, comment)
    expect(await remarksFor('midori', id)).toEqual([
      'approval doctor 助産 数字は最新です。',
      'comment eiko 本文 短くできますか。',
    ])
    expect(await remarksFor('eiko', id)).toEqual(['approval doctor 助産 数字は最新です。'])
    await post('hana', `${id}/comments/${body.threads[0].id}/resolve`)
    await post('doctor', `${id}/request-change`, { comment: '出典を足してください。' })
    const target = { collection: 'kizuna-manuscripts', id } as const
    for (const { status } of [
      await loadReviewScreen(await cms.reqOf('hana'), target, options),
      ...(await loadSet(await cms.reqOf('hana'), [target], options)),
    ]) {
      expect(status.remarks).toMatchObject([{ kind: 'request', text: '出典を足してください。' }])
      expect(status.can.revise).toBe(true)
    }
  })

  test('and nothing of it stands once the text was changed', async () => {
    const id = await submitted()
    await post('doctor', `${id}/approve`, { comment: '前の文について。' })
    await edit(id, { body: '別の文です。' })
    expect(await remarksFor('midori', id)).toEqual([])
  })
})

test('who handed a text in reads whose turn it is, until it is out or sent back', async () => {
  const id = await submitted({ title: '出したもの' })
  const whereFor = async (person: Person) => {
    const { withOthers } = await findElsewhere(await cms.reqOf(person), 100)
    const own = withOthers.texts.filter(({ document }) => document === id)
    return own.map((text) => whoseTurn(text, options))
  }
  expect(await whereFor('hana')).toEqual(['助産と監修責任者の承認を待っています'])
  expect(await whereFor('doctor')).toEqual([])
  for (const person of ['doctor', 'midori'] as const) await post(person, `${id}/approve`)
  expect(await whereFor('hana')).toEqual(['監修責任者の公開を待っています'])
  await post('midori', `${id}/request-change`, { comment: '短くしてください。' })
  expect(await whereFor('hana')).toEqual([])
})

test('who asked for a change sees it while they wait, and the writer reads who asked for what', async () => {
  const id = await submitted({ title: '頼んだもの' })
  const askedBy = async (person: Person) => {
    const { asked } = await findElsewhere(await cms.reqOf(person), 100)
    return asked.texts.filter(({ document }) => document === id).map(({ askedAs }) => askedAs)
  }
  await post('doctor', `${id}/request-change`, { comment: '数字を確かめてください。' })
  expect(await askedBy('doctor')).toEqual([['midwifery']])
  expect(await askedBy('eiko')).toEqual([])
  const { toRevise } = await findWaiting(await cms.reqOf('hana'), options)
  const back = toRevise.texts.find(({ document }) => document === id)
  expect(namesOf(back?.askedAs ?? [], options.policy)).toBe('助産')
  await edit(id, { body: '数字を直しました。' })
  expect(await askedBy('doctor')).toEqual([['midwifery']])
  await post('hana', `${id}/submit`)
  expect(await askedBy('doctor')).toEqual([])
})

test('what somebody saved and did not hand in stands on their home by name, and on nobody else’s', async () => {
  const { id } = await cms.draft({ title: '書きかけ' })
  const unsentOf = async (person: Person) => {
    const { unsent } = await findElsewhere(await cms.reqOf(person), 100)
    return unsent.texts.filter(({ document }) => document === id).map(({ title }) => title)
  }
  expect(await unsentOf('hana')).toEqual(['書きかけ'])
  expect(await unsentOf('taro')).toEqual([])
  await post('hana', `${id}/submit`)
  expect(await unsentOf('hana')).toEqual([])
})

test('after an act the way leads to what else waits for this person, and says how much', async () => {
  const food = { topics: ['nutrition'] }
  const [first, second] = [await submitted(food), await submitted(food)]
  const target = (id: string) => ({ collection: 'kizuna-manuscripts', id }) as const
  const nextFor = async (id: string) =>
    findNextReviews(await cms.reqOf('eiko'), target(id), options)
  const none = { toReview: null, toPublish: null, toRevise: null }
  await post('eiko', `${first}/approve`)
  const left = { first: { ...none, toReview: target(second) }, left: 1 }
  expect(await nextFor(first)).toEqual(left)
  expect(await cms.rest('eiko', `GET /kizuna-manuscripts/${first}/next`)).toMatchObject({
    body: left,
  })
  await post('eiko', `${second}/request-change`, { comment: '直してください。' })
  expect(await nextFor(second)).toEqual({ first: none, left: 0 })
})

test('what was not handed in is approved by nobody, and the screen says why', async () => {
  const { id } = await cms.draft({ topics: ['pregnancy'] })
  for (const person of ['doctor', 'midori'] as const) {
    const target = { collection: 'kizuna-manuscripts', id } as const
    const { status } = await loadReviewScreen(await cms.reqOf(person), target, options)
    const labels = stepsFor(status).map(({ label }) => label)
    expect(labels.filter((label) => /承認|公開/.test(label))).toEqual([])
    expect(status.missing[0]).toBe(NOT_SUBMITTED)
  }
})

test('a set is shown in the order asked for, without what the person may not read', async () => {
  const [first, second] = [await submitted(), await submitted()]
  const items = `kizuna-manuscripts:${second},users:${first},kizuna-manuscripts:${first},kizuna-manuscripts:x`
  const targets = readTargets(items)
  const shown = await loadSet(await cms.reqOf('doctor'), targets, options)
  expect(shown.map(({ id }) => id)).toEqual([second, first])
  expect(await loadSet(await cms.reqOf('mayu'), targets, options)).toEqual([])
})
