// Urgent texts in the CMS: two people, the typed number, what reaches the worker, and who may do what.
import { beforeAll, describe, expect, test } from '@jest/globals'

import { countToSend } from '../../../src/alert/find'
import { contentHash } from '../../../src/release/hash'
import { auditEntries } from '../../auditEntries'
import { openEditorialCmsOfFile, type Person } from '../review/editorialCms'

const cms = await openEditorialCmsOfFile()

let template = ''
beforeAll(async () => {
  const { id } = await cms.publishedAddOn({
    timing: 'urgent',
    title: '大雨に注意してください',
    from: '4w0d',
    to: 'month80',
  })
  template = `add-on:${id}`
})

const choice = (changed: object = {}) => ({
  municipality: cms.municipality.id,
  template,
  detail: '避難所は公民館です。',
  isTraining: false,
  ...changed,
})
const ask = (person: Person, changed: object = {}) =>
  cms.rest(person, 'POST /kizuna-alerts/ask', choice(changed))
const asked = async (changed: object = {}) => String((await ask('machi', changed)).body.id)
const act = (person: Person, path: string, body: object = {}) =>
  cms.rest(person, `POST /kizuna-alerts/${path}`, body)
const send = (person: Person, id: string, typed = '0') => act(person, `${id}/send`, { typed })
const releases = (id: string) => cms.releasesOf(`alert:${id}`)
const sentence = ({ body }: { body: { errors?: { message: string }[] } }) =>
  (body.errors ?? []).map(({ message }) => message).join()

describe('an urgent text', () => {
  test('is shown as readers will see it before anybody is asked', async () => {
    const { status, body } = await cms.rest('machi', 'POST /kizuna-alerts/preview', choice())
    expect(status).toBe(200)
    expect(body.readers).toBeNull()
    expect(JSON.stringify(body.shown)).toContain('【緊急】大雨に注意してください')
    expect(JSON.stringify(body.shown)).not.toContain('訓練')
  })

  test('goes to the worker when a second person has typed the number, and only then', async () => {
    const id = await asked()
    expect(await releases(id)).toEqual([])
    expect(sentence(await send('machi', id))).toContain('自分が頼んだ')
    const wrong = await send('mayu', id, '5')
    expect([wrong.status, sentence(wrong)]).toEqual([
      400,
      expect.stringContaining('まだ何も送っていません'),
    ])
    expect(await releases(id)).toEqual([])
    expect((await send('mayu', id)).status).toBe(200)
    const [release] = await releases(id)
    expect(release).toMatchObject({
      action: 'publish',
      revision: 1,
      content: {
        timing: 'urgent',
        title: '【緊急】大雨に注意してください',
        alert: { isTraining: false, corrects: null },
      },
      variables: { 保健センター: '0123-45-6780' },
    })
    expect(release?.contentHash).toBe(contentHash(release?.content as never))
    expect((await send('mayu', id)).status).toBe(409)
  })

  test('is never sent by who asked, an approver neither', async () => {
    const id = String((await ask('mayu')).body.id)
    const own = await send('mayu', id)
    expect([own.status, sentence(own)]).toEqual([403, expect.stringContaining('自分が頼んだ')])
    expect(await releases(id)).toEqual([])
    expect((await send('midori', id)).status).toBe(200)
  })

  test('pressed twice at one moment is sent once', async () => {
    const id = await asked()
    const both = await Promise.all([send('mayu', id), send('midori', id)])
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await releases(id)).toHaveLength(1)
  })

  test('is turned down with a reason or taken back, and then cannot be sent', async () => {
    const declined = await asked()
    expect(sentence(await act('mayu', `${declined}/decline`))).toContain('理由')
    expect((await act('mayu', `${declined}/decline`, { reason: '誤報' })).status).toBe(200)
    const takenBack = await asked()
    expect((await act('machi', `${takenBack}/take-back`)).status).toBe(200)
    for (const id of [declined, takenBack]) {
      expect((await send('mayu', id)).status).toBe(409)
      expect(await releases(id)).toEqual([])
    }
  })

  test('is stopped, and corrected to the same readers in one press, each once', async () => {
    const id = await asked()
    expect((await act('mayu', `${id}/stop`)).status).toBe(409)
    await send('mayu', id)
    expect((await act('machi', `${id}/stop`)).status).toBe(403)
    const corrected = await act('mayu', `${id}/correct`)
    expect(corrected.status).toBe(200)
    const own = String(corrected.body.id)
    expect((await releases(id)).map(({ action }) => action).sort()).toEqual(['publish', 'withdraw'])
    expect(await releases(own)).toMatchObject([
      { content: { title: '【訂正】大雨に注意してください', alert: { corrects: `alert:${id}` } } },
    ])
    expect((await act('mayu', `${id}/correct`)).status).toBe(409)
    expect((await act('mayu', `${own}/correct`)).status).toBe(409)
  })

  test('of a municipality that pauses is not sent, nor one of an area it does not have', async () => {
    expect(sentence(await ask('machi', { areas: ['月'] }))).toContain('「月」という地区')
    const id = await asked()
    const town = { collection: 'kizuna-municipalities', id: cms.municipality.id } as const
    await cms.payload.update({ ...town, data: { isActive: false, pauseReason: '点検' } as never })
    expect(sentence(await send('mayu', id))).toContain('お休み')
    await cms.payload.update({ ...town, data: { isActive: true } as never })
    expect((await send('mayu', id)).status).toBe(200)
  })

  test('as a drill says so in what is frozen', async () => {
    const id = await asked({ isTraining: true })
    await send('mayu', id)
    expect(await releases(id)).toMatchObject([{ content: { alert: { isTraining: true } } }])
    const { body } = await cms.rest(
      'machi',
      'POST /kizuna-alerts/preview',
      choice({ isTraining: true }),
    )
    expect(JSON.stringify(body.shown)).toContain('【訓練】これは訓練です')
  })
})

describe('who may', () => {
  test.each<[Person, number]>([
    ['machi', 200],
    ['mayu', 200],
    ['midori', 200],
    ['hana', 403],
    ['root', 403],
    ['dango', 403],
  ])('%s asks: %i', async (person, status) => {
    expect((await ask(person)).status).toBe(status)
  })

  test.each<[Person, number]>([
    ['mayu', 200],
    ['midori', 200],
    ['hana', 403],
    ['root', 403],
    ['dango', 403],
  ])('%s sends what the clerk asked for: %i', async (person, status) => {
    expect((await send(person, await asked())).status).toBe(status)
  })

  test('what waits is counted for who may send it, not for who asked', async () => {
    const count = async (person: Person) => countToSend(await cms.reqOf(person), new Date())
    const before = await count('mayu')
    await asked()
    expect([await count('mayu'), await count('machi')]).toEqual([before + 1, 0])
  })

  test('every act stands in the log', async () => {
    const actionsOf = async (id: string) => {
      const entries = await auditEntries(cms.payload, { documentId: { equals: id } })
      return entries.map(({ action }) => action as string).sort()
    }
    const [stopped, declined, takenBack, corrected] = [
      ...[await asked(), await asked(), await asked(), await asked()],
    ]
    await send('mayu', stopped!)
    await act('mayu', `${stopped}/stop`)
    await act('mayu', `${declined}/decline`, { reason: '誤報' })
    await act('machi', `${takenBack}/take-back`)
    await send('mayu', corrected!)
    const correction = await act('mayu', `${corrected}/correct`)
    expect(await actionsOf(stopped!)).toEqual(['ask-alert', 'send-alert', 'stop-alert'])
    expect(await actionsOf(declined!)).toEqual(['ask-alert', 'decline-alert'])
    expect(await actionsOf(takenBack!)).toEqual(['ask-alert', 'take-back-alert'])
    expect(await actionsOf(corrected!)).toEqual(['ask-alert', 'send-alert'])
    expect(await actionsOf(String(correction.body.id))).toEqual(['correct-alert'])
  })

  test('the worker tells how many got it and nothing else', async () => {
    const step = { municipality: cms.municipality.id, at: new Date().toISOString() }
    const of = (name: string) => ({ ...step, step: name, key: `${name}:x` })
    const { access } = cms.payload.collections['kizuna-alerts'].config
    const req = {
      payload: cms.payload,
      user: { collection: 'kizuna-service-accounts', id: '1', isActive: true },
    } as never
    expect(await access.create({ req, data: of('sent') })).toBe(true)
    expect(await access.create({ req, data: of('send') })).toBe(false)
  })
})
