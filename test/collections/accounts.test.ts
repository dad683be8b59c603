// What opens an account: passwords, the present one, sessions, and what the door tells.
import { subscribe, unsubscribe } from 'node:diagnostics_channel'

import { afterAll, describe, expect, test } from '@jest/globals'

import { auditEntries } from '../auditEntries'
import { startCms } from './cms'
import { gather, insert, personData } from './people'

const cms = await startCms()
const people = await gather(cms)
const NEW = 'mikan-kujira-hashigo'
afterAll(() => cms.stop())

/** Somebody with a log-in of their own. */
async function somebody(role: 'editor' | 'municipal-editor' = 'editor') {
  const data = personData(role, people.own)
  const id = await insert(cms, 'users', data)
  const logIn = () => cms.login(data.email, data.password)
  const as = await logIn()
  const patch = (body: object, by = as) =>
    cms.rest({ method: 'PATCH', path: `/users/${id}`, as: by, body })
  return { ...data, id, as, logIn, patch }
}

/** The work that passwords asked for meanwhile: unlike its time, the same on a busy machine. */
async function listenWhile(act: () => Promise<unknown>): Promise<unknown[]> {
  const heard: unknown[] = []
  const hear = (work: unknown) => void heard.push(work)
  subscribe('kizuna-test:pbkdf2', hear)
  await act().finally(() => unsubscribe('kizuna-test:pbkdf2', hear))
  return heard
}

async function isIn(as: string): Promise<boolean> {
  const { body } = await cms.rest({ path: '/users/me', as })
  return body.user !== null && body.user !== undefined
}

const pathsOf = (body: Record<string, unknown>) =>
  ((body.errors ?? []) as { data?: { errors?: { path: string }[] } }[]).flatMap(
    ({ data }) => data?.errors?.map(({ path }) => path) ?? [],
  )

describe('a new password', () => {
  const BAD = ['abc', 'password1234', 'aaaaaaaaaaaa', '123456789012', 'あ'.repeat(200)]

  test.each(BAD)('%s is refused at every door', async (password) => {
    const as = people.as.admin
    const data = { ...personData('editor', people.own), password }
    const made = await cms.rest({ method: 'POST', path: '/users', as, body: data })
    expect([made.status, pathsOf(made.body)]).toEqual([400, ['password']])
    const { id, patch, password: kizunaCurrentPassword } = await somebody()
    const own = await patch({ password, kizunaCurrentPassword })
    expect([own.status, pathsOf(own.body)]).toEqual([400, ['password']])
    const byAdmin = await patch({ password }, as)
    expect([byAdmin.status, pathsOf(byAdmin.body)]).toEqual([400, ['password']])
    const query = `mutation ($password: String!) { updateUser(id: "${id}", data: { password: $password }) { id } }`
    expect((await cms.ask({ query, variables: { password }, as })).statuses).toEqual([400])
    const token = await tokenFor(id)
    const reset = await cms.rest({
      method: 'POST',
      path: '/users/reset-password',
      body: { token, password },
    })
    expect([reset.status, pathsOf(reset.body)]).toEqual([400, ['password']])
    const local = { id, collection: 'users' as const, data: { password } }
    await expect(cms.payload.update(local)).rejects.toThrow()
  })

  test('a good one is taken, from the mail too', async () => {
    const { id, email } = await somebody()
    const token = await tokenFor(id)
    const path = '/users/reset-password'
    const answer = await cms.rest({ method: 'POST', path, body: { token, password: NEW } })
    expect(answer.status).toBe(200)
    expect(await isIn(await cms.login(email, NEW))).toBe(true)
  })

  async function tokenFor(id: string): Promise<string> {
    const token = `token-of-${id}`
    const resetPasswordExpiration = new Date(Date.now() + 60_000).toISOString()
    const data = { resetPasswordToken: token, resetPasswordExpiration }
    await cms.payload.db.updateOne({ collection: 'users', id, data })
    return token
  }
})

describe('one’s own address and password', () => {
  test.each([
    ['password', { password: NEW }],
    ['address', { email: 'new-address@example.jp' }],
  ])('the %s asks for the present password', async (_what, change) => {
    const { patch } = await somebody()
    for (const said of [
      {},
      { kizunaCurrentPassword: '' },
      { kizunaCurrentPassword: 'chigau-kotoba-desu' },
    ]) {
      const answer = await patch({ ...change, ...said })
      expect([answer.status, pathsOf(answer.body)]).toEqual([400, ['kizunaCurrentPassword']])
    }
    const query = `mutation ($id: String!) { updateUser(id: $id, data: { password: "${NEW}" }) { id } }`
    const { id, as } = await somebody()
    expect((await cms.ask({ query, variables: { id }, as })).statuses).toEqual([400])
  })

  test('the name and the digest do not, nor the same address once more', async () => {
    const { patch, email } = await somebody()
    const body = { kizunaName: '新しい名', kizunaWantsDigest: false, email: email.toUpperCase() }
    expect((await patch(body)).status).toBe(200)
  })

  test.each([
    ['password', { password: NEW }],
    ['address', { email: 'moved@example.jp' }],
  ])('a new %s ends the other sessions and keeps this one', async (_what, change) => {
    const { as, logIn, patch, password } = await somebody()
    const other = await logIn()
    const answer = await patch({ ...change, kizunaCurrentPassword: password })
    expect(answer.status).toBe(200)
    expect(JSON.stringify(answer.body)).not.toContain(password)
    expect([await isIn(as), await isIn(other)]).toEqual([true, false])
  })

  test('somebody of a municipality changes theirs as well', async () => {
    const { logIn, patch, password } = await somebody('municipal-editor')
    await logIn()
    expect(await patch({ password: NEW, kizunaCurrentPassword: password })).toMatchObject({
      status: 200,
    })
  })

  test('an admin who changes them ends all of the person’s', async () => {
    for (const change of [{ password: NEW }, { email: 'by-admin@example.jp' }]) {
      const { as, patch } = await somebody()
      expect((await patch(change, people.as.admin)).status).toBe(200)
      expect(await isIn(as)).toBe(false)
    }
  })

  test('guessing at an open screen is stopped like guessing at the door', async () => {
    const { patch, id } = await somebody()
    for (let guess = 0; guess < 10; guess += 1) {
      await patch({ password: NEW, kizunaCurrentPassword: `chigau-kotoba-${guess}` })
    }
    const row = await cms.payload.db.findOne<{ id: string; lockUntil?: string }>({
      collection: 'users',
      where: { id: { equals: id } },
    })
    expect(row?.lockUntil).toBeTruthy()
  }, 60_000)

  test('a role that is taken away is gone at once', async () => {
    const { as, id } = await somebody()
    expect((await cms.rest({ path: '/kizuna-manuscripts', as })).status).toBe(200)
    const body = { kizunaRoles: ['contributor'], kizunaMunicipality: people.own }
    await cms.rest({ method: 'PATCH', path: `/users/${id}`, as: people.as.admin, body })
    expect((await cms.rest({ path: '/kizuna-manuscripts', as })).status).toBe(403)
  })
})

describe('the door', () => {
  const tryIn = (email: string, password: string, more: object = {}) =>
    cms.rest({ method: 'POST', path: '/users/login', body: { email, password, ...more } })

  test('says the same of a wrong password, of nobody and of a stopped account', async () => {
    const { email, id, password } = await somebody()
    const wrong = await tryIn(email, 'chigau-kotoba-desu')
    const nobody = await tryIn('nobody-here@example.jp', 'chigau-kotoba-desu')
    const lockUntil = new Date(Date.now() + 600_000).toISOString()
    await cms.payload.db.updateOne({ collection: 'users', id, data: { lockUntil } })
    const stopped = await tryIn(email, 'chigau-kotoba-desu')
    const stoppedAndRight = await tryIn(email, password)
    expect(wrong.status).toBe(401)
    expect(nobody).toEqual(wrong)
    expect(stopped).toEqual(wrong)
    expect(stoppedAndRight).toEqual(wrong)
    const empty = await tryIn('nobody-here@example.jp', '')
    expect(await tryIn(email, '')).toEqual(empty)
  })

  test.each([
    ['', {}],
    [', also with a name that nobody reads', { username: 'x' }],
  ])('works as much for nobody as for somebody%s', async (_how, more) => {
    const { email } = await somebody()
    const workFor = (address: string) =>
      listenWhile(() => tryIn(address, 'chigau-kotoba-desu', more))
    const known = await workFor(email)
    expect(known).toEqual([{ iterations: 600_000, length: 32, digest: 'sha256' }])
    expect(await workFor('nobody-here@example.jp')).toEqual(known)
  })

  test('over GraphQL too', async () => {
    const { email } = await somebody()
    const ask = (address: string) =>
      cms.ask({
        query: `mutation { loginUser(email: "${address}", password: "chigau-kotoba") { token } }`,
      })
    const [known, unknown] = [await ask(email), await ask('nobody@example.jp')]
    expect(unknown).toEqual(known)
  })
})

describe('who forgot the password', () => {
  const path = '/users/forgot-password'
  const forget = (email: unknown) => cms.rest({ method: 'POST', path, body: { email } })

  /** Mails are held until they are let go. */
  function holdMails() {
    const mail = cms.payload.email
    const send = mail.sendEmail
    let letGo = () => {}
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const asked = new Promise((resolve) => {
      mail.sendEmail = async (message) => {
        resolve(message)
        await held
        mail.sendEmail = send
        throw new Error('the mail server is down')
      }
    })
    return { asked, letGo }
  }

  test('is answered before anybody is looked up, and like nobody', async () => {
    const { email } = await somebody()
    const { asked, letGo } = holdMails()
    const known = await forget(email.toUpperCase())
    expect(known.status).toBe(200)
    expect(await forget('nobody-here@example.jp')).toEqual(known)
    expect(await asked).toMatchObject({ to: email })
    letGo()
  })

  test('over GraphQL too', async () => {
    const { email } = await somebody()
    const { asked, letGo } = holdMails()
    const ask = (address: string) =>
      cms.ask({ query: `mutation { forgotPasswordUser(email: "${address}") }` })
    expect(await ask('nobody@example.jp')).toEqual(await ask(email))
    expect(await asked).toMatchObject({ to: email })
    letGo()
  })

  test.each([[''], [null], [42], [{ $ne: '' }], ['a'.repeat(400)]])(
    'who says %j is asked for an address',
    async (email) => {
      const answer = await forget(email)
      expect(answer.status).toBe(400)
      expect(JSON.stringify(answer.body)).toContain('メールアドレスを入れてください')
    },
  )

  test.each([['x'], [''], [{ $gt: '' }], [null], [['a']]])(
    'a link with %j is dead, whatever the password',
    async (token) => {
      for (const password of ['abc', NEW]) {
        const body = { token, password }
        const answer = await cms.rest({ method: 'POST', path: '/users/reset-password', body })
        expect(answer.status).toBe(403)
        expect(JSON.stringify(answer.body)).toContain('このリンクは使えません')
      }
    },
  )
})

describe('the audit log', () => {
  const entries = async (id: string) => {
    const where = { documentId: { equals: id } }
    const docs = await auditEntries(cms.payload, where)
    return docs.map(({ action, note, actor }) => ({
      action,
      note: note ?? '',
      by: (actor?.value as string | undefined) ?? null,
    }))
  }

  test('has who made and changed an account, and no address, password or key', async () => {
    const as = people.as.admin
    const body = personData('editor', people.own)
    const made = await cms.rest({ method: 'POST', path: '/users', as, body })
    const { id } = made.body.doc as { id: string }
    const patch = (change: object) =>
      cms.rest({ method: 'PATCH', path: `/users/${id}`, as, body: change })
    await patch({ kizunaRoles: ['reviewer'], kizunaDisciplines: ['medical'] })
    await patch({ email: 'next-address@example.jp' })
    await patch({ password: NEW })
    await patch({ kizunaName: '改めた名' })
    await patch({ kizunaWantsDigest: false })
    expect(await entries(id)).toEqual([
      { action: 'create', note: '編集者(制作)', by: people.ids.admin },
      {
        action: 'account-rights',
        note: expect.stringMatching(/^編集者\(制作\) → 監修者、/),
        by: people.ids.admin,
      },
      { action: 'account-mail', note: '', by: people.ids.admin },
      { action: 'account-password', note: '', by: people.ids.admin },
      { action: 'account-name', note: expect.stringContaining('改めた名'), by: people.ids.admin },
    ])
    const { docs } = await cms.payload.find({
      collection: 'kizuna-audit-log',
      limit: 500,
      depth: 0,
    })
    const everything = JSON.stringify(docs)
    for (const secret of [body.email, 'next-address', NEW, body.password]) {
      expect(everything).not.toContain(secret)
    }
  })

  test('has no password that another part of the same request would have set', async () => {
    const { id } = await somebody()
    const query = `mutation {
      a: updateUser(id: "000000000000000000000000", data: { password: "${NEW}" }) { id }
      b: updateUser(id: "${id}", data: { kizunaWantsDigest: false }) { id }
    }`
    await cms.ask({ query, as: people.as.admin })
    expect((await entries(id)).map(({ action }) => action)).not.toContain('account-password')
  })

  test('has failed log-ins and the stop after them', async () => {
    const { email, id } = await somebody()
    const body = { email, password: 'chigau-kotoba-desu' }
    const fail = () => cms.rest({ method: 'POST', path: '/users/login', body })
    const actions = async () => (await entries(id)).map(({ action }) => action)
    // The note is taken beside the answer.
    const until = async (action: 'login-failed' | 'login-stopped') => {
      for (let look = 0; look < 500; look += 1) if ((await actions()).includes(action)) return
    }
    await fail()
    await until('login-failed')
    await cms.payload.db.updateOne({ collection: 'users', id, data: { loginAttempts: 9 } })
    await fail()
    await until('login-stopped')
    expect(await actions()).toEqual(['create', 'login', 'login-failed', 'login-stopped'])
  }, 60_000)

  test('has a program’s API keys: made, taken away, account stopped', async () => {
    const as = people.as.admin
    const body = { name: '配信 2', isActive: true }
    const made = await cms.rest({ method: 'POST', path: '/kizuna-service-accounts', as, body })
    const { id } = made.body.doc as { id: string }
    const patch = (change: object) =>
      cms.rest({ method: 'PATCH', path: `/kizuna-service-accounts/${id}`, as, body: change })
    const apiKey = 'f0e1d2c3-aaaa-bbbb-cccc-0123456789ab'
    await patch({ apiKey, enableAPIKey: true })
    await patch({ apiKey: null, enableAPIKey: false })
    await patch({ isActive: false })
    expect((await entries(id)).map(({ action }) => action)).toEqual([
      'create',
      'api-key',
      'api-key-off',
      'account-off',
    ])
  })
})
