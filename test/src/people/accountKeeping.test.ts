// What who looks after the accounts sees and does: sign-ins, locks, the last log-in.
import { afterAll, describe, expect, test } from '@jest/globals'

import { auditEntries } from '../../auditEntries'
import { NOW, startCms } from '../../collections/cms'
import { gather, insert, personData } from '../../collections/people'
import { FAILED_SENTENCE, LOCK_MS, lockedMinutes } from '../../../src/people/lock'

const cms = await startCms()
const people = await gather(cms)
afterAll(() => cms.stop())

async function somebody() {
  const data = personData('editor', people.own)
  const id = await insert(cms, 'users', data)
  const logIn = () => cms.login(data.email, data.password)
  const lock = () =>
    cms.payload.db.updateOne({
      collection: 'users',
      id,
      data: { lockUntil: new Date(Date.now() + LOCK_MS).toISOString(), loginAttempts: 10 },
    })
  return { ...data, id, logIn, lock }
}

const isIn = async (as: string) => Boolean((await cms.rest({ path: '/users/me', as })).body.user)
const stateOf = (id: string, as: string | undefined) =>
  cms.rest({ path: `/users/${id}/kizuna-state`, as })

const entries = async (id: string) => {
  const where = { documentId: { equals: id } }
  const docs = await auditEntries(cms.payload, where)
  return docs.map(({ action, actor, note }) => [action, actor?.value ?? null, note ?? ''])
}

describe('a lock after wrong guesses', () => {
  test('the door says what may have happened, when one can try again and whom to ask', async () => {
    const { email, lock, password } = await somebody()
    await lock()
    const body = { email, password }
    const answer = await cms.rest({ method: 'POST', path: '/users/login', body })
    expect([answer.status, answer.body.errors]).toEqual([401, [{ message: FAILED_SENTENCE }]])
    for (const told of ['10 回', '10 分のあいだ', 'システム管理者か監修責任者']) {
      expect(FAILED_SENTENCE).toContain(told)
    }
  })

  test.each(['chief', 'admin'] as const)('the %s sees it and ends it', async (role) => {
    const { id, lock, logIn } = await somebody()
    await lock()
    const as = people.as[role]
    expect((await stateOf(id, as)).body).toMatchObject({ lockedMinutes: 10, lastLogInAt: null })
    const path = `/users/${id}/kizuna-unlock`
    const answer = await cms.rest({ method: 'POST', path, as })
    expect(answer).toMatchObject({ status: 200, body: { lockedMinutes: null } })
    await cms.rest({ method: 'POST', path, as })
    expect(await isIn(await logIn())).toBe(true)
    expect((await entries(id)).map(([action]) => action)).toEqual([
      'create',
      'login-unlocked',
      'login',
    ])
  })

  test.each(['editor', 'reviewer', 'municipal-approver', 'contributor', 'anonymous'] as const)(
    'nobody else, such as %s, sees or ends it',
    async (role) => {
      const { id, lock } = await somebody()
      await lock()
      const as = people.as[role]
      const tried = await cms.rest({ method: 'POST', path: `/users/${id}/kizuna-unlock`, as })
      expect([(await stateOf(id, as)).status, tried.status]).toEqual([403, 403])
    },
  )

  test('an account that is not there is not found', async () => {
    expect((await stateOf('000000000000000000000000', people.as.chief)).status).toBe(404)
    expect((await stateOf('x', people.as.chief)).status).toBe(404)
  })

  test('Payload’s own door to it is in the log as well', async () => {
    const { id, email, lock } = await somebody()
    await lock()
    await cms.rest({ method: 'POST', path: '/users/unlock', as: people.as.admin, body: { email } })
    expect(await entries(id)).toContainEqual(['login-unlocked', people.ids.admin, ''])
  })

  test.each([
    [null, null],
    ['2026-11-23T00:00:00.000Z', null],
    ['2026-11-23T00:00:01.000Z', 1],
    ['2026-11-23T00:09:30.000Z', 10],
  ])('until %s is %s minutes', (until, minutes) => {
    expect(lockedMinutes(until, NOW)).toBe(minutes)
  })
})

describe('who comes in and goes', () => {
  test('is in the audit log, and the last time in the account', async () => {
    const { id, logIn } = await somebody()
    const as = await logIn()
    await cms.rest({ method: 'POST', path: '/users/logout', as })
    const again = await logIn()
    await cms.rest({ method: 'POST', path: '/users/logout?allSessions=true', as: again })
    expect((await entries(id)).slice(1)).toEqual([
      ['login', id, ''],
      ['logout', id, ''],
      ['login', id, ''],
      ['logout', id, 'すべての端末から'],
    ])
    const { body } = await stateOf(id, people.as.chief)
    expect(body.lastLogInAt).toBe(NOW.toISOString())
  })

  test('asking for the present password is no log-in', async () => {
    const { id, logIn, password } = await somebody()
    const as = await logIn()
    const body = { password: 'mikan-kujira-hashigo', kizunaCurrentPassword: password }
    await cms.rest({ method: 'PATCH', path: `/users/${id}`, as, body })
    expect((await entries(id)).map(([action]) => action)).toEqual([
      'create',
      'login',
      'account-password',
    ])
  })

  test('the last time is for who looks after the accounts, and for oneself', async () => {
    const { id, logIn } = await somebody()
    const as = await logIn()
    const seenBy = async (who: string | undefined) =>
      (await cms.rest({ path: `/users/${id}`, as: who })).body.kizunaLastLogInAt
    const at = NOW.toISOString()
    expect(await seenBy(people.as.admin)).toBe(at)
    expect(await seenBy(people.as.chief)).toBe(at)
    expect(await seenBy(as)).toBe(at)
    expect(await seenBy(people.as.reviewer)).toBeUndefined()
    const body = { kizunaLastLogInAt: null }
    await cms.rest({ method: 'PATCH', path: `/users/${id}`, as: people.as.admin, body })
    expect(await seenBy(people.as.admin)).toBe(at)
  })
})
