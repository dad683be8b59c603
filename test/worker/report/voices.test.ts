// Voices on their way: kept by the web program, brought to the CMS by the worker, read by who may.
import { afterAll, expect, test } from '@jest/globals'

import { createLocalReq } from 'payload'

import { countAsking, type TextVoices } from '../../../src/voice/voices'
import type { SyncedMunicipality } from '../../../src/plan/readCmsDocuments'
import { CmsError } from '../../../worker/content/cms'
import { createVoicePush, createVoices, type Voice } from '../../../worker/report/voices'
import { newKey } from '../../../worker/web/browserCookie'
import { auditEntries } from '../../auditEntries'
import { startCms } from '../../collections/cms'
import { createDocuments, voiceData } from '../../collections/documents'
import { gather, insert } from '../../collections/people'
import { settings } from '../../src/plan/town'
import { openStore } from '../readers/openStore'

const cms = await startCms()
const people = await gather(cms)
const documents = await createDocuments(cms, people)
const text = await documents.find('kizuna-manuscripts', 'live')
const store = await openStore()
afterAll(async () => {
  await store.close()
  await cms.stop()
})

const TOWN = '999016'
const state = { isDown: false, created: 0 }
const asWorker = async (call: { method?: string; path: string; body?: unknown }) => {
  if (state.isDown) throw new CmsError('CMS に接続できません。')
  const answer = await cms.rest({ ...call, as: people.as.worker })
  if (answer.status >= 400) throw new CmsError(JSON.stringify(answer.body))
  return answer
}
const now = () => store.clock.now
const voices = createVoices({ db: store.db, now })
const { push } = createVoicePush({
  db: store.db,
  now,
  municipalities: () => [{ ...settings({ code: TOWN }), cmsId: people.own } as SyncedMunicipality],
  cms: {
    hasVoice: async (id) => {
      const { body } = await asWorker({ path: `/kizuna-voices?where[id][equals]=${id}` })
      return (body.docs ?? []).length > 0
    },
    createVoice: async (body) => {
      await asWorker({ method: 'POST', path: '/kizuna-voices', body })
      state.created += 1
    },
  },
})

const voice = (changed: Partial<Voice> = {}): Voice => ({
  once: newKey(),
  municipality: TOWN,
  key: `manuscript:${text}`,
  revision: 2,
  title: '24 週のからだ',
  verdict: 'helpful',
  comment: null,
  mayQuote: false,
  asksForHelp: false,
  hasPersonalDetails: false,
  ...changed,
})

const waiting = () => store.db.collection('voices').countDocuments()
const panel = async (as: string | undefined) => {
  const { status, body } = await cms.rest({ path: `/kizuna-manuscripts/${text}/voices`, as })
  return { status, body: body as unknown as TextVoices }
}
/** `path` is the voice's id and what is done. */
const act = (path: string, as: string | undefined, body: object = {}) =>
  cms.rest({ method: 'POST', path: `/kizuna-voices/${path}`, as, body })

test('what waits is brought once, however often the CMS failed, and forgotten here', async () => {
  const said = voice({ comment: '安心しました。', mayQuote: true })
  await voices.keep(said)
  await voices.keep({ ...said, comment: 'ほかの言葉' })
  await voices.keep(voice({ municipality: '999024' })) // a town that the CMS does not have
  state.isDown = true
  await push()
  expect(await waiting()).toBe(2)
  state.isDown = false
  await push()
  await voices.keep(said) // the form was sent once more, or this database was put back
  await push()
  expect(state.created).toBe(1)
  expect(await waiting()).toBe(1)
  const stored = await cms.payload.db.collections['kizuna-voices']?.findById(said.once).lean()
  expect(stored).toMatchObject({
    comment: '安心しました。',
    month: '2026-11',
    document: { relationTo: 'kizuna-manuscripts' },
  })
  // no minute: neither Payload's dates nor an id that holds one
  expect(Object.values(stored as object).filter((value) => value instanceof Date)).toEqual([])
  expect(Object.keys(stored as object)).not.toContain('createdAt')
})

test('numbers below five are not told, single verdicts to nobody, and a town counts its own', async () => {
  for (let n = 0; n < 6; n += 1) await voices.keep(voice())
  await voices.keep(voice({ verdict: 'notHelpful' }))
  await push()
  await insert(cms, 'kizuna-voices', { ...voiceData(text), municipality: people.other })
  const team = await panel(people.as.reviewer)
  expect(team.body).toMatchObject({ helpful: 8, notHelpful: 'small', count: 2, unread: 2 })
  const town = await panel(people.as['municipal-editor'])
  expect(town.body).toMatchObject({ helpful: 7, count: 1 })
  for (const as of [people.as.contributor, people.as.worker, undefined]) {
    expect((await panel(as)).status).toBe(403)
  }
  const list = await cms.rest({ path: '/kizuna-voices', as: people.as.chief })
  expect(list.body.docs).toHaveLength(2)
  expect(JSON.stringify(list.body.docs)).not.toContain('verdict')
  const asked = '/kizuna-voices?where[verdict][equals]=notHelpful'
  expect((await cms.rest({ path: asked, as: people.as.chief })).body.docs ?? []).toEqual([])
})

test('a quote is chosen where its reader has agreed, and nothing of a person may stand in it', async () => {
  const make = (changed: object) =>
    insert(cms, 'kizuna-voices', { ...voiceData(text), municipality: people.own, ...changed })
  const agreed = await make({})
  const silent = await make({ mayQuote: false })
  const personal = await make({ hasPersonalDetails: true })
  const as = people.as['municipal-editor']
  const quote = (id: string, isQuote = true) => act(`${id}/quote`, as, { isQuote })
  expect((await quote(silent)).body).toMatchObject({ errors: [{ data: { code: 'NOT_ALLOWED' } }] })
  expect(JSON.stringify((await quote(personal)).body)).toContain('個人の情報')
  expect((await act(`${agreed}/quote`, as)).status).toBe(400)
  expect((await quote(agreed)).status).toBe(200)
  expect((await quote(agreed)).status).toBe(200)
  expect((await quote(agreed, false)).status).toBe(200)
  const entries = await auditEntries(cms.payload, { documentId: { equals: agreed } })
  expect(entries.map(({ action }) => action)).toEqual(['quote', 'unquote'])
  const others = await make({ municipality: people.other })
  for (const path of ['quote', 'read']) {
    expect((await act(`${others}/${path}`, as, { isQuote: true })).status).toBe(404)
    for (const role of ['contributor', 'worker'] as const) {
      expect((await act(`${agreed}/${path}`, people.as[role], { isQuote: true })).status).toBe(403)
    }
  }
})

test('one that asks for help waits for its own town', async () => {
  const id = await insert(cms, 'kizuna-voices', {
    ...voiceData(text),
    municipality: people.own,
    asksForHelp: true,
  })
  const waitingFor = async (role: 'municipal-editor' | 'chief') => {
    const user = await cms.payload.findByID({ collection: 'users', id: people.ids[role] })
    const req = await createLocalReq({ user: { ...user, collection: 'users' } }, cms.payload)
    return countAsking(req)
  }
  expect([await waitingFor('municipal-editor'), await waitingFor('chief')]).toEqual([1, 0])
  expect((await act(`${id}/read`, people.as.chief)).status).toBe(403)
  expect((await act(`${id}/read`, people.as['municipal-approver'])).status).toBe(200)
  expect(await waitingFor('municipal-editor')).toBe(0)
  const read = await cms.rest({ path: `/kizuna-voices/${id}?depth=0`, as: people.as.chief })
  expect(read.body).toMatchObject({ isRead: true, readBy: people.ids['municipal-approver'] })
  const entries = await auditEntries(cms.payload, { documentId: { equals: id } })
  expect(entries).toMatchObject([{ action: 'read-voice', title: '見本の件名' }])
})
