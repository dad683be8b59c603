// The second factor: who has it comes in with both or not at all, by whatever door.
import { inspect } from 'node:util'

import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { Secret, TOTP } from 'otpauth'

import { startCms, type GraphQLAnswer } from '../../collections/cms'
import { ConfigError } from '../../../src/config/config'
import { generateKeyRing, open, parseKeyRing } from '../../../src/secret/seal'
import { LINE_SECRET_CONTEXT } from '../../../collections/lineAccounts'
import { lineAccountData } from '../../collections/documents'
import { gather, insert, personData } from '../../collections/people'
import { systemNow } from '../../../src/config/clock'
import { FAILED_SENTENCE } from '../../../src/people/lock'
import type { Role } from '../../../src/people/roles'
import { endUnprovenOnInit } from '../../../src/people/secondFactor/ending'
import type { OwnFactor } from '../../../src/people/secondFactor/endpoints'
import type { ShownOffer } from '../../../src/people/secondFactor/refusal'
import { factorRing } from '../../../src/people/secondFactor/sealing'
import { resealOnInit } from '../../../src/plugin/resealOnInit'
import { takeCode } from '../../../src/people/secondFactor/store'
import { WRONG_CODE } from '../../../src/people/secondFactor/words'

const POLICY = { requiredFor: ['chief'] as Role[] }
const keyRing = generateKeyRing()
const keys = parseKeyRing(keyRing)
const cms = await startCms({
  secondFactor: POLICY,
  keys: keyRing,
  // Some hosts let people use a key.
  overrides: { users: (one) => ({ ...one, auth: { ...(one.auth as object), useAPIKey: true } }) },
})
const people = await gather(cms)
afterAll(() => cms.stop())

type Body = Record<string, unknown>
type Headers = Record<string, string>

const at = (path: string) => `/users/kizuna-second-factor${path}`
const post = (path: string, as: string | undefined, body: object = {}) =>
  cms.rest({ method: 'POST', path, as, body })
const isIn = async (as: string) => Boolean((await cms.rest({ path: '/users/me', as })).body.user)
const readsTexts = async (as: string) =>
  (await cms.rest({ path: '/kizuna-manuscripts', as })).status
const firstOf = ({ errors }: Body) =>
  (errors as { message: string; data?: { code?: string; setUp?: ShownOffer } }[] | undefined)?.[0]
const codeOf = (body: Body) => firstOf(body)?.data?.code
const tokenOf = (body: Body) => `JWT ${String(body.token)}`
const entries = async (id: string) =>
  (
    await cms.payload.find({
      collection: 'kizuna-audit-log',
      where: { documentId: { equals: id } },
      sort: 'id',
      depth: 0,
      pagination: false,
    })
  ).docs.map(({ action, note }) => (note ? `${action}: ${note}` : action))
const codes = (body: Body) => body.recoveryCodes as string[]

/** The app with a key as it is shown. */
const appOf = (shown: string) => {
  const app = new TOTP({ secret: Secret.fromBase32(shown.replaceAll(' ', '')) })
  return (stepsAhead = 0) => app.generate({ timestamp: Date.now() + stepsAhead * 30_000 })
}

async function somebody(role: Role = 'editor') {
  const data = personData(role, people.own)
  const id = await insert(cms, 'users', data)
  const { email, password } = data
  const tryIn = (headers: Headers = {}, word = password) =>
    cms.rest({ method: 'POST', path: '/users/login', body: { email, password: word }, headers })
  /** All tests share one half minute: the code of now is good again. */
  const forget = () =>
    cms.payload.db.updateOne({
      collection: 'kizuna-second-factors',
      where: { user: { equals: id } },
      data: { step: 0 },
    })
  return { ...data, id, tryIn, forget }
}

/** Somebody with a second factor, logged in since before. */
async function owner(role: Role = 'editor') {
  const person = await somebody(role)
  const as = tokenOf((await person.tryIn()).body)
  const { body } = await post(at('/begin'), as, { password: person.password })
  const app = appOf(String(body.key))
  const confirmed = await post(at('/confirm'), as, { offer: body.offer, code: app() })
  expect(confirmed.status).toBe(200)
  await person.forget()
  const withCode = (code: string) => person.tryIn({ 'X-Kizuna-Code': code })
  const factor = async () => (await cms.rest({ path: at(''), as })).body as unknown as OwnFactor
  return { ...person, as, app, withCode, factor, recovery: codes(confirmed.body) }
}

describe('who turned it on', () => {
  test('comes in with password and code, and not with one of them', async () => {
    const { app, id, tryIn, withCode } = await owner()
    const alone = await tryIn()
    expect([alone.status, codeOf(alone.body), alone.body.token]).toEqual([
      401,
      'SECOND_FACTOR_NEEDED',
      undefined,
    ])
    const wrong = await tryIn({ 'X-Kizuna-Code': app() }, 'chigau-kotoba-desu')
    expect([wrong.status, firstOf(wrong.body)?.message]).toEqual([401, FAILED_SENTENCE])
    const both = await withCode(app())
    expect([both.status, await readsTexts(tokenOf(both.body))]).toEqual([200, 200])
    expect((await entries(id)).slice(1)).toEqual([
      'login',
      'factor-on',
      'login-failed',
      'login: 二段階認証あり',
    ])
  })

  test('a code is taken once, and none from before it', async () => {
    const { app, withCode } = await owner()
    const [now, next] = [app(), app(1)]
    expect((await withCode(next)).status).toBe(200)
    for (const used of [next, now]) {
      const again = await withCode(used)
      expect([again.status, codeOf(again.body)]).toEqual([401, 'SECOND_FACTOR_WRONG'])
    }
  })

  test.each([
    ['full width', (code: string) => encodeURI(code)],
    ['with a space', (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`],
  ])('a code typed %s is the same', async (_how, typed) => {
    const { app, withCode } = await owner()
    expect((await withCode(typed(app()))).status).toBe(200)
  })

  test('of a code sent twice at the same instant one comes in', async () => {
    const { app, withCode } = await owner()
    const code = app()
    const answers = await Promise.all([withCode(code), withCode(code), withCode(code)])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('a recovery code comes in once, also from two windows at once, and is noted', async () => {
    const { id, factor, recovery, withCode, app } = await owner()
    expect(new Set(recovery).size).toBe(10)
    for (const code of recovery)
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
    const [code = '', other = ''] = recovery
    const answers = await Promise.all([withCode(code), withCode(code)])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await withCode(code)).status).toBe(401)
    expect((await withCode(other.toLowerCase().replace('-', ' '))).status).toBe(200)
    expect((await withCode(app())).status).toBe(200)
    expect(await factor()).toMatchObject({ recoveryLeft: 8, isRequired: false })
    const log = await entries(id)
    expect(log).toContain('factor-recovery: 残り 9 個')
    expect(log).toContain('login: 二段階認証あり(予備のコード)')
    for (const secret of recovery) expect(JSON.stringify(log)).not.toContain(secret)
  })

  test('ten wrong codes in a row stop it like wrong passwords, until somebody lets them in', async () => {
    const { id, app, tryIn, withCode } = await owner()
    for (let guess = 0; guess < 10; guess += 1) {
      const answer = await withCode('ABCDEF')
      expect([answer.status, firstOf(answer.body)?.message]).toEqual([401, WRONG_CODE])
      if (guess === 8) expect((await tryIn()).status).toBe(401) // the password alone resets nothing
    }
    const stopped = await withCode(app())
    expect([stopped.status, firstOf(stopped.body)?.message]).toEqual([401, FAILED_SENTENCE])
    expect((await tryIn()).body).toEqual(stopped.body)
    const log = await entries(id)
    expect(log.filter((entry) => entry === 'login-failed')).toHaveLength(9)
    expect(log).toContain('login-stopped')
    const seen = await cms.rest({ path: `/users/${id}/kizuna-state`, as: people.as.admin })
    expect(seen.body.lockedMinutes).toBe(10)
    const { body } = await post(`/users/${id}/kizuna-unlock`, people.as.admin)
    expect(body.lockedMinutes).toBeNull()
    expect((await withCode(app())).status).toBe(200)
  })

  test('Payload’s own door to it lets them in as well', async () => {
    const { email, app, withCode } = await owner()
    for (let guess = 0; guess < 10; guess += 1) await withCode('ABCDEF')
    await post('/users/unlock', people.as.admin, { email })
    expect((await withCode(app())).status).toBe(200)
  })

  test('of what comes at once each wrong code is counted, and a right one is taken once', async () => {
    const { id, app, recovery } = await owner()
    const ring = factorRing(cms.payload, keys)
    const take = (code: string) => takeCode(cms.payload, ring, { user: id, code, at: systemNow() })
    const outcomes = async (given: readonly string[]) =>
      (await Promise.all(given.map(take))).map(({ outcome }) => outcome).toSorted()
    const [code, one = ''] = [app(), recovery[0]]
    expect(await outcomes([code, code, code])).toEqual(['code', 'wrong', 'wrong'])
    expect(await outcomes([one, one, one])).toEqual(['recovery', 'wrong', 'wrong'])
    const wrong = await outcomes(Array.from({ length: 12 }, () => 'ABCDEF'))
    expect(wrong.filter((outcome) => outcome === 'held').length).toBeGreaterThanOrEqual(2)
    expect(await take(recovery[1] ?? '')).toMatchObject({ outcome: 'held' })
  })
})

describe('each way around it', () => {
  const passwords = (person: { email: string; password: string }) => {
    const { email, password } = person
    return `mutation { loginUser(email: "${email}", password: "${password}") { token }`
  }
  const nothing = ({ data }: GraphQLAnswer, name: string) => (data ?? {})[name] ?? null

  test('GraphQL’s log-in, alone or before something else in one request', async () => {
    const person = await owner()
    const query = `${passwords(person)} updateUser(id: "${person.id}", data: {}) { id } }`
    const answer = await cms.ask({ query })
    expect([nothing(answer, 'loginUser'), nothing(answer, 'updateUser')]).toEqual([null, null])
    expect(answer.statuses.toSorted()).toEqual([401, 403])
  })

  test('the Local API with the password', async () => {
    const { email, password } = await owner()
    const data = { email, password }
    const code = 'SECOND_FACTOR_NEEDED'
    await expect(cms.payload.login({ collection: 'users', data })).rejects.toMatchObject({ code })
  })

  async function linked(id: string) {
    const token = `a-link-${id}`
    const resetPasswordExpiration = new Date(Date.now() + 60_000).toISOString()
    const data = { resetPasswordToken: token, resetPasswordExpiration }
    await cms.payload.db.updateOne({ collection: 'users', id, data })
    return token
  }
  const NEW = 'mikan-kujira-hashigo'

  test('a link to choose a password sets it, and lets nobody in', async () => {
    const { id, email, app } = await owner()
    const token = await linked(id)
    const reset = await post('/users/reset-password', undefined, { token, password: NEW })
    expect([reset.status, reset.body.token, reset.body.user]).toEqual([200, null, null])
    const stored = await cms.payload.db.findOne<{ id: string; sessions: unknown[] }>({
      collection: 'users',
      where: { id: { equals: id } },
    })
    expect(stored?.sessions).toEqual([])
    const tryIn = (headers: Headers) =>
      cms.rest({ method: 'POST', path: '/users/login', body: { email, password: NEW }, headers })
    expect(codeOf((await tryIn({})).body)).toBe('SECOND_FACTOR_NEEDED')
    expect((await tryIn({ 'X-Kizuna-Code': app() })).status).toBe(200)
    expect((await entries(id)).filter((entry) => entry === 'login')).toHaveLength(1) // the first
  })

  test('such a link over GraphQL, and what comes after it in the same request', async () => {
    const { id } = await owner('admin')
    const token = await linked(id)
    const query = `mutation {
      resetPasswordUser(token: "${token}", password: "${NEW}") { token user { id } }
      updateUser(id: "${id}", data: { kizunaName: "x" }) { id }
    }`
    const answer = await cms.ask({ query })
    expect(nothing(answer, 'resetPasswordUser')).toEqual({ token: null, user: null })
    expect(nothing(answer, 'updateUser')).toBeNull()
  })

  test('such a link does not begin the wrong codes anew', async () => {
    const { id, withCode, app, email } = await owner()
    for (let guess = 0; guess < 10; guess += 1) await withCode('ABCDEF')
    const token = await linked(id)
    await post('/users/reset-password', undefined, { token, password: NEW })
    const headers = { 'X-Kizuna-Code': app() }
    const body = { email, password: NEW }
    const answer = await cms.rest({ method: 'POST', path: '/users/login', body, headers })
    expect(answer.status).toBe(401)
  })

  test('an API key of one’s own', async () => {
    const { id } = await owner()
    const apiKey = `f0e1d2c3-aaaa-bbbb-cccc-${id.slice(-12)}`
    await cms.payload.update({
      collection: 'users',
      id,
      data: { apiKey, enableAPIKey: true } as object,
    })
    expect(await readsTexts(`users API-Key ${apiKey}`)).toBe(403)
  })

  test('the log-ins that were open elsewhere when it began', async () => {
    const person = await somebody()
    const elsewhere = tokenOf((await person.tryIn()).body)
    const as = tokenOf((await person.tryIn()).body)
    const { body } = await post(at('/begin'), as, { password: person.password })
    const code = appOf(String(body.key))()
    await post(at('/confirm'), as, { offer: body.offer, code })
    expect([await isIn(elsewhere), await isIn(as)]).toEqual([false, true])
    const renewed = await post('/users/refresh-token', elsewhere)
    expect(renewed.body.refreshedToken).toBeUndefined()
  })

  test('the account’s own fields, read or written', async () => {
    const { as, id, tryIn } = await owner()
    const data = { kizunaSecondFactorAt: null, kizunaSecondFactor: null }
    for (const who of [as, people.as.admin]) {
      await cms.rest({ method: 'PATCH', path: `/users/${id}`, as: who, body: data })
      const { body } = await cms.rest({ path: `/users/${id}`, as: who })
      expect(body.kizunaSecondFactorAt).toEqual(expect.any(String))
      expect(JSON.stringify(body)).not.toMatch(/sealedKey|recovery/)
    }
    expect(codeOf((await tryIn()).body)).toBe('SECOND_FACTOR_NEEDED')
    const { body } = await cms.rest({ path: `/users/${id}`, as: people.as.reviewer })
    expect(Object.keys(body).filter((name) => /SecondFactor/.test(name))).toEqual([])
  })

  test('the collection of the factors', async () => {
    const { as } = await owner()
    for (const who of [as, people.as.admin, people.as.worker, undefined]) {
      const { status } = await cms.rest({ path: '/kizuna-second-factors', as: who })
      expect([403, 404, 501]).toContain(status)
    }
    const call = cms.payload.find({
      collection: 'kizuna-second-factors',
      overrideAccess: false,
      user: await cms.payload.findByID({ collection: 'users', id: people.ids.admin }),
    })
    await expect(call).rejects.toMatchObject({ status: 403 })
  })

  test('what is stored is neither the key nor a recovery code', async () => {
    const { id, recovery } = await owner()
    const stored = await cms.payload.db.findOne<{ id: string; sealedKey: string }>({
      collection: 'kizuna-second-factors',
      where: { user: { equals: id } },
    })
    const text = JSON.stringify(stored)
    for (const code of recovery) {
      expect(text).not.toContain(code)
      expect(text).not.toContain(code.replace('-', ''))
    }
    expect(stored?.sealedKey).toMatch(/^k1\.[\w-]{16}\.[\w-]{22}\.[\w-]{43}$/)
  })
})

describe('an open screen', () => {
  test.each(['begin', 'recovery', 'off'])('%s asks for the password', async (act) => {
    const { as, app } = await owner()
    const body = { password: 'chigau-kotoba-desu', code: app() }
    expect((await post(at(`/${act}`), as, body)).status).toBe(400)
  })

  test.each(['begin', 'recovery', 'off'])(
    '%s asks for a code, which is used by it',
    async (act) => {
      const { as, app, password } = await owner()
      const wrong = await post(at(`/${act}`), as, { password, code: 'ABCDEF' })
      expect([wrong.status, firstOf(wrong.body)?.message]).toEqual([400, WRONG_CODE])
      const code = app()
      expect((await post(at(`/${act}`), as, { password, code })).status).toBe(200)
      expect((await post(at(`/${act}`), as, { password, code })).status).toBeGreaterThanOrEqual(400)
    },
  )

  test('asking for the password leaves no log-in behind', async () => {
    const { as, app, password } = await owner()
    await post(at('/recovery'), as, { password, code: app() })
    const { body } = await cms.rest({ path: '/users/kizuna-sessions', as })
    expect(body.sessions).toHaveLength(1)
  })

  test('nobody else is asked', async () => {
    for (const as of [undefined, people.as.worker, people.as.stoppedWorker]) {
      expect((await cms.rest({ path: at(''), as })).status).toBe(403)
      for (const act of ['begin', 'confirm', 'recovery', 'off']) {
        expect((await post(at(`/${act}`), as, { password: 'x', code: 'x' })).status).toBe(403)
      }
    }
  })
})

describe('one’s own account', () => {
  test('new recovery codes end the old ones', async () => {
    const { as, app, password, recovery, withCode, factor, id } = await owner()
    const { body } = await post(at('/recovery'), as, { password, code: app() })
    expect((await withCode(recovery[0] ?? '')).status).toBe(401)
    expect((await withCode(codes(body)[0] ?? '')).status).toBe(200)
    expect((await factor()).recoveryLeft).toBe(9)
    expect(await entries(id)).toContain('factor-renewed')
  })

  test('ended, the password is enough again', async () => {
    const { as, password, recovery, tryIn, id, factor } = await owner()
    const off = await post(at('/off'), as, { password, code: recovery[0] })
    expect(off.body).toEqual({ since: null, recoveryLeft: 0, isRequired: false })
    expect([(await tryIn()).status, (await factor()).since]).toEqual([200, null])
    expect((await entries(id)).slice(-3)).toEqual([
      'factor-recovery: 残り 9 個',
      'factor-off',
      'login',
    ])
  })

  test('moved to another phone, the old one’s codes are nothing', async () => {
    const { as, app, password, recovery, forget, withCode, id } = await owner()
    const { body } = await post(at('/begin'), as, { password, code: recovery[0] })
    const other = appOf(String(body.key))
    const sent = { offer: body.offer, code: other() }
    expect((await post(at('/confirm'), as, sent)).status).toBe(200)
    expect((await post(at('/confirm'), as, sent)).status).toBe(409)
    await forget()
    expect((await withCode(app())).status).toBe(401)
    expect((await withCode(recovery[1] ?? '')).status).toBe(401)
    expect((await withCode(other())).status).toBe(200)
    expect(await entries(id)).toContain('factor-on: 新しいスマートフォンに移した')
  })

  test('an offer is for whom it was made, and a code for it is asked', async () => {
    const [one, other] = [await somebody(), await somebody()]
    const as = tokenOf((await one.tryIn()).body)
    const others = tokenOf((await other.tryIn()).body)
    const { body } = await post(at('/begin'), as, { password: one.password })
    const code = appOf(String(body.key))()
    expect((await post(at('/confirm'), others, { offer: body.offer, code })).status).toBe(409)
    expect((await post(at('/confirm'), as, { offer: body.offer, code: '' })).status).toBe(400)
    expect((await post(at('/confirm'), as, { offer: 'k1.a.b.c', code })).status).toBe(409)
  })

  test('the QR code holds the address that the app reads', async () => {
    const { email, password, tryIn } = await somebody()
    const { body } = await post(at('/begin'), tokenOf((await tryIn()).body), { password })
    const { key, qr, uri } = body as unknown as ShownOffer
    expect(key).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
    expect(uri).toContain(encodeURIComponent(email))
    expect(uri).toContain(`secret=${key.replaceAll(' ', '')}`)
    expect(qr).toMatch(/^<svg /)
  })
})

describe('a role that must have it', () => {
  const setUp = async (person: Awaited<ReturnType<typeof somebody>>) => {
    const { body } = await person.tryIn()
    const offer = firstOf(body)?.data?.setUp
    const app = appOf(String(offer?.key))
    const done = await person.tryIn({
      'X-Kizuna-Setup': String(offer?.offer),
      'X-Kizuna-Code': app(),
    })
    await person.forget()
    return { app, done, offer }
  }

  test('is led to it by the log-in, and has no session before', async () => {
    const person = await somebody('chief')
    const first = await person.tryIn()
    expect([first.status, codeOf(first.body), first.body.token]).toEqual([
      401,
      'SECOND_FACTOR_SETUP',
      undefined,
    ])
    const { app, done } = await setUp(person)
    expect([done.status, await readsTexts(tokenOf(done.body))]).toEqual([200, 200])
    expect(done.body.kizunaRecoveryCodes).toHaveLength(10)
    expect(codeOf((await person.tryIn()).body)).toBe('SECOND_FACTOR_NEEDED')
    expect((await person.tryIn({ 'X-Kizuna-Code': app() })).body).not.toHaveProperty(
      'kizunaRecoveryCodes',
    )
    expect((await entries(person.id)).slice(1)).toEqual([
      'login: 二段階認証を用意して',
      'factor-on',
      'login: 二段階認証あり',
    ])
  })

  test('a wrong code, another’s offer or none begins nothing', async () => {
    const [one, other] = [await somebody('chief'), await somebody('chief')]
    const offer = firstOf((await one.tryIn()).body)?.data?.setUp
    const code = appOf(String(offer?.key))()
    const sent = { 'X-Kizuna-Setup': String(offer?.offer), 'X-Kizuna-Code': code }
    expect(codeOf((await other.tryIn(sent)).body)).toBe('SECOND_FACTOR_SETUP')
    expect(codeOf((await one.tryIn({ ...sent, 'X-Kizuna-Code': '' })).body)).toBe(
      'SECOND_FACTOR_WRONG',
    )
    expect(codeOf((await one.tryIn({ 'X-Kizuna-Code': code })).body)).toBe('SECOND_FACTOR_SETUP')
  })

  test('nothing that is logged of it holds the key', async () => {
    const person = await somebody('chief')
    const logged = (['error', 'warn', 'info'] as const).map((level) =>
      jest.spyOn(cms.payload.logger, level).mockReturnValue(undefined),
    )
    const shown = firstOf((await person.tryIn()).body)?.data?.setUp
    const lines = logged.flatMap(({ mock }) => mock.calls)
    for (const spy of logged) spy.mockRestore()
    expect(lines.length).toBeGreaterThan(0)
    const text = inspect(lines, { depth: 20, showHidden: true })
    for (const secret of [shown?.key, shown?.key.replaceAll(' ', ''), shown?.offer]) {
      expect(text).not.toContain(secret)
    }
  })

  test('an offer does not stand in for what began meanwhile', async () => {
    const person = await somebody('chief')
    const offer = firstOf((await person.tryIn()).body)?.data?.setUp
    await setUp(person)
    const code = appOf(String(offer?.key))()
    const sent = { 'X-Kizuna-Setup': String(offer?.offer), 'X-Kizuna-Code': code }
    expect(codeOf((await person.tryIn(sent)).body)).toBe('SECOND_FACTOR_WRONG')
  })

  test('cannot end it, and may move it', async () => {
    const person = await somebody('chief')
    const { app, done } = await setUp(person)
    const [as, { password }] = [tokenOf(done.body), person]
    expect((await post(at('/off'), as, { password, code: app() })).status).toBe(403)
    expect((await post(at('/begin'), as, { password, code: app() })).status).toBe(200)
  })

  test('whose role comes later is out until it is set up, with a session or a key', async () => {
    const person = await somebody('editor')
    const { id } = person
    const as = tokenOf((await person.tryIn()).body)
    const apiKey = `f0e1d2c3-bbbb-bbbb-cccc-${id.slice(-12)}`
    const update = (data: object) => cms.payload.update({ collection: 'users', id, data })
    await update({ apiKey, enableAPIKey: true })
    const key = `users API-Key ${apiKey}`
    expect([await readsTexts(as), await readsTexts(key)]).toEqual([200, 200])
    const stored = await cms.payload.db.findOne<{ id: string; sessions: object[] }>({
      collection: 'users',
      where: { id: { equals: id } },
    })
    const body = { kizunaRoles: ['editor', 'chief'] }
    await cms.rest({ method: 'PATCH', path: `/users/${id}`, as: people.as.admin, body })
    expect([await isIn(as), await readsTexts(key)]).toEqual([false, 403])
    // A log-in that was going on at that moment writes the sessions back.
    const { sessions } = stored ?? { sessions: [] }
    await cms.payload.db.updateOne({ collection: 'users', id, data: { sessions } })
    expect(await readsTexts(as)).toBe(403)
    expect((await cms.rest({ path: at(''), as })).status).toBe(403)
  })

  test('log-ins from before the policy end at the start', async () => {
    const person = await somebody('editor')
    const as = tokenOf((await person.tryIn()).body)
    const held = await owner('editor')
    await endUnprovenOnInit(undefined, { requiredFor: [] })(cms.payload)
    expect(await isIn(as)).toBe(true)
    await endUnprovenOnInit(undefined, { requiredFor: ['editor'] })(cms.payload)
    expect([await isIn(as), await isIn(held.as)]).toEqual([false, true])
  })

  test('who chooses the first password by a link comes in at the door', async () => {
    const { id } = await somebody('chief')
    const token = 'an-invitation'
    const resetPasswordExpiration = new Date(Date.now() + 60_000).toISOString()
    const data = { resetPasswordToken: token, resetPasswordExpiration }
    await cms.payload.db.updateOne({ collection: 'users', id, data })
    const body = { token, password: 'mikan-kujira-hashigo' }
    const { status, body: answer } = await post('/users/reset-password', undefined, body)
    expect([status, answer.token, answer.user]).toEqual([200, null, null])
  })
})

describe('who lost phone and codes', () => {
  const end = (id: string, as: string | undefined = people.as.admin) =>
    post(`/users/${id}/kizuna-end-second-factor`, as)

  test('gets out of it by the system admin, is out everywhere and told by mail', async () => {
    const { id, as, email, tryIn } = await owner()
    const mails = jest.spyOn(cms.payload, 'sendEmail').mockResolvedValue(undefined)
    const { body, status } = await end(id)
    const [[mail] = []] = mails.mock.calls
    mails.mockRestore()
    expect([status, body.factorSince, body.isTold]).toEqual([200, null, true])
    expect(mail).toMatchObject({ to: { address: email } })
    expect(String((mail as { text: string }).text)).toContain(
      'admin の人 さんが、あなたの二段階認証',
    )
    expect(await isIn(as)).toBe(false)
    expect((await tryIn()).status).toBe(200)
    expect(await entries(id)).toContain('factor-ended')
  })

  test('it ends too when the mail is not taken, and the admin is told', async () => {
    const { id, tryIn } = await owner()
    const mails = jest.spyOn(cms.payload, 'sendEmail').mockRejectedValue(new Error('no relay'))
    const { body } = await end(id)
    mails.mockRestore()
    expect([body.isTold, (await tryIn()).status]).toEqual([false, 200])
  })

  test('by nobody else, not for oneself, and not where there is none', async () => {
    const { id, as } = await owner('admin')
    for (const who of [people.as.editor, people.as['municipal-approver'], 'nobody']) {
      expect((await end(id, who)).status).toBe(403)
    }
    expect((await end(id, as)).status).toBe(403)
    expect((await end((await somebody()).id)).status).toBe(409)
    const seen = await cms.rest({ path: `/users/${id}/kizuna-state`, as: people.as.admin })
    expect(seen.body).toMatchObject({ factorSince: expect.any(String), needsFactor: false })
  })

  test('it goes with the account', async () => {
    const { id } = await owner()
    const where = { user: { equals: id } }
    const collection = 'kizuna-second-factors'
    // Whom the log names stays: here nobody ever acted.
    await cms.payload.db.deleteMany({
      collection: 'kizuna-audit-log',
      where: { documentId: { equals: id } },
    })
    expect(await cms.payload.db.findOne({ collection, where })).not.toBeNull()
    await cms.rest({ method: 'DELETE', path: `/users/${id}`, as: people.as.admin })
    expect(await cms.payload.db.findOne({ collection, where })).toBeNull()
  })
})

describe('another key seals', () => {
  const [index, old] = keyRing.split(',')
  const added = `k2:${generateKeyRing().slice(-44)}`
  const start = (ring: string) => resealOnInit(undefined, parseKeyRing(ring))(cms.payload)
  const stored = async (collection: 'kizuna-second-factors' | 'kizuna-line-accounts') =>
    JSON.stringify((await cms.payload.db.find({ collection, pagination: false })).docs)

  test('the CMS seals anew when it starts, and again; an account signs in with its app as before', async () => {
    const { app, id } = await owner()
    const account = await insert(cms, 'kizuna-line-accounts', lineAccountData())
    await start(`${index},${added},${old}`)
    const later = parseKeyRing(`${index},${added}`)
    expect(await stored('kizuna-line-accounts')).not.toContain('"k1.')
    expect(await stored('kizuna-second-factors')).not.toContain('"k1.')
    const ring = factorRing(cms.payload, later)
    const take = { user: id, code: app(), at: systemNow() }
    expect(await takeCode(cms.payload, ring, take)).toMatchObject({ outcome: 'code' })
    const secret = await cms.payload.db.findOne<{ id: string; channelSecret: string }>({
      collection: 'kizuna-line-accounts',
      where: { id: { equals: account } },
    })
    expect(open(later, secret!.channelSecret, LINE_SECRET_CONTEXT)).toBe(
      lineAccountData().channelSecret,
    )
    await start(`${index},${added}`)
    await start(`${index},${old},${added}`)
    expect(await stored('kizuna-second-factors')).not.toContain('"k2.')
  })

  test('a key that is missing or another one ends the start with a sentence', async () => {
    await expect(start(`${index},${added}`)).rejects.toThrow(
      /「k1」がありません.*「LINE の秘密」.*「二段階認証の鍵」/s,
    )
    await expect(start(`${index},k1:${added.slice(3)}`)).rejects.toThrow(ConfigError)
    expect(await stored('kizuna-second-factors')).not.toContain('"k2.')
  })
})

test('the first account of all is made without a session where it must have one', async () => {
  await cms.payload.db.deleteMany({ collection: 'users', where: {} })
  const person = { ...personData('chief', people.own), email: 'first@example.jp' }
  const made = await post('/users/first-register', undefined, person)
  expect([made.status, made.body.token, made.body.user]).toEqual([200, null, null])
  const { email, password } = person
  expect(codeOf((await post('/users/login', undefined, { email, password })).body)).toBe(
    'SECOND_FACTOR_SETUP',
  )
})
