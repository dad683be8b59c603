// A text that is begun can be saved; what it still lacks is asked for when it is handed in.
import { describe, expect, test } from '@jest/globals'

import { openEditorialCmsOfFile } from '../editorialCms'

const cms = await openEditorialCmsOfFile()

describe('a half-written manuscript', () => {
  test('is saved with a title alone, is written on, and handing it in lists what is missing', async () => {
    const made = await cms.rest('hana', 'POST /kizuna-manuscripts?draft=true', {
      title: '書きかけ',
    })
    expect({ status: made.status, errors: made.body.errors }).toEqual({ status: 201 })
    const { id } = made.body.doc as { id: string }
    const { edit, post } = cms.on('kizuna-manuscripts')
    expect((await edit('hana', id, { body: 'あした書く' })).status).toBe(200)
    const refused = await post('hana', `${id}/submit`)
    expect(refused.status).toBe(400)
    expect(refused.body.errors[0].data.missing).toEqual([
      expect.stringContaining('シリーズをまだ選んでいません'),
      expect.stringContaining('「配信日」がまだありません'),
      expect.stringContaining('件名が空です'),
    ])
    const whole = { series: cms.series.id, slot: 'day77', subject: '件名', topics: ['daily'] }
    expect((await edit('hana', id, whole)).status).toBe(200)
    expect((await post('hana', `${id}/submit`)).status).toBe(200)
  })

  test('is counted and read by everybody’s lists', async () => {
    await cms.rest('hana', 'POST /kizuna-manuscripts?draft=true', { title: '配信日のない書きかけ' })
    for (const person of ['hana', 'doctor', 'midori'] as const) {
      const { status, body } = await cms.rest(
        person,
        'GET /kizuna-manuscripts?draft=true&limit=100',
      )
      expect(status).toBe(200)
      expect(body.docs.map(({ title }: { title: string }) => title)).toContain(
        '配信日のない書きかけ',
      )
    }
  })

  test('never goes out: neither approvals nor the publishing button pass by what is missing', async () => {
    const made = await cms.rest('hana', 'POST /kizuna-manuscripts?draft=true', {
      title: '書きかけ',
    })
    const { id } = made.body.doc as { id: string }
    const before = await cms.snapshot('kizuna-manuscripts', id)
    const { post } = cms.on('kizuna-manuscripts')
    for (const step of ['approve', 'publish']) {
      const { status } = await post('midori', `${id}/${step}`)
      expect({ step, isRefused: status >= 400 }).toEqual({ step, isRefused: true })
    }
    const named = await cms.opened('kizuna-manuscripts', id)
    const live = { ...named, _status: 'published' }
    expect((await cms.rest('hana', `PATCH /kizuna-manuscripts/${id}`, live)).status).toBe(403)
    expect(await cms.snapshot('kizuna-manuscripts', id)).toEqual(before)
  })
})

test('a half-written add-on is saved with a title alone, and lists what is missing', async () => {
  const made = await cms.rest('machi', 'POST /kizuna-add-ons?draft=true', { title: '書きかけ' })
  expect({ status: made.status, errors: made.body.errors }).toEqual({ status: 201 })
  const { id } = made.body.doc as { id: string }
  const refused = await cms.on('kizuna-add-ons').post('machi', `${id}/submit`)
  expect(refused.body.errors[0].data.missing).toEqual([
    expect.stringContaining('「ここから」がまだありません'),
    expect.stringContaining('「ここまで」がまだありません'),
    expect.stringContaining('中身がありません'),
  ])
})
