// People who left: no door opens, what was open is closed, and their name stays.
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'

import { auditEntries } from '../../auditEntries'
import { startCms } from '../../collections/cms'
import { gather, insert, personData } from '../../collections/people'
import { LEFT_SENTENCE } from '../../../src/people/leftWords'
import { FAILED_SENTENCE } from '../../../src/people/lock'
import type { Role } from '../../../src/people/roles'

const cms = await startCms({
  // Some hosts let people use a key.
  overrides: { users: (one) => ({ ...one, auth: { ...(one.auth as object), useAPIKey: true } }) },
})
const people = await gather(cms)
afterAll(() => cms.stop())

async function somebody(role: Role = 'editor') {
  const data = personData(role, people.own)
  const id = await insert(cms, 'users', data)
  const logIn = () => cms.login(data.email, data.password)
  const mark = (hasLeft: boolean, as = people.as.admin) =>
    cms.rest({ method: 'PATCH', path: `/users/${id}`, as, body: { kizunaHasLeft: hasLeft } })
  const tryIn = (password = data.password) =>
    cms.rest({ method: 'POST', path: '/users/login', body: { email: data.email, password } })
  return { ...data, id, logIn, mark, tryIn }
}

type Body = Record<string, unknown>

const isIn = async (as: string) => Boolean((await cms.rest({ path: '/users/me', as })).body.user)
const readsTexts = async (as: string) =>
  (await cms.rest({ path: '/kizuna-manuscripts', as })).status
const sentenceOf = ({ errors }: Body) => (errors as { message: string }[] | undefined)?.[0]?.message
const problemsOf = ({ errors }: Body) =>
  (errors as { data?: { errors?: { path: string; message: string }[] } }[] | undefined)?.flatMap(
    ({ data }) => data?.errors ?? [],
  )

describe('somebody who left', () => {
  test('comes in no more, by password or a mail; only who knows the password is told why', async () => {
    const { id, mark, tryIn } = await somebody()
    expect((await mark(true)).status).toBe(200)
    const right = await tryIn()
    expect([right.status, sentenceOf(right.body)]).toEqual([403, LEFT_SENTENCE])
    const wrong = await tryIn('chigau-kotoba-desu')
    expect([wrong.status, sentenceOf(wrong.body)]).toEqual([401, FAILED_SENTENCE])
    const token = 'a-link-from-before'
    const resetPasswordExpiration = new Date(Date.now() + 60_000).toISOString()
    const data = { resetPasswordToken: token, resetPasswordExpiration }
    await cms.payload.db.updateOne({ collection: 'users', id, data })
    const body = { token, password: 'mikan-kujira-hashigo' }
    const reset = await cms.rest({ method: 'POST', path: '/users/reset-password', body })
    expect([reset.status, sentenceOf(reset.body)]).toEqual([403, LEFT_SENTENCE])
    expect((await tryIn()).status).toBe(403)
  })

  test('is out at once, on every device, with the key too', async () => {
    const { id, logIn, mark } = await somebody()
    const apiKey = 'f0e1d2c3-aaaa-bbbb-cccc-0123456789ac'
    await cms.payload.update({
      collection: 'users',
      id,
      data: { apiKey, enableAPIKey: true } as object,
    })
    const doors = [await logIn(), await logIn(), `users API-Key ${apiKey}`]
    for (const as of doors) expect(await readsTexts(as)).toBe(200)
    await mark(true)
    for (const as of doors) expect([await isIn(as), await readsTexts(as)]).toEqual([false, 403])
    await mark(false)
    for (const as of doors) expect([as, await readsTexts(as)]).toEqual([as, 403])
  })

  test('may come in again when the mark is taken off; the log has both', async () => {
    const { id, logIn, mark } = await somebody()
    await mark(true)
    await mark(false)
    expect(await isIn(await logIn())).toBe(true)
    const where = { documentId: { equals: id } }
    const docs = await auditEntries(cms.payload, where)
    expect(
      docs.map(({ action, note, actor }) => [action, note ?? '', actor?.value ?? null]),
    ).toEqual([
      ['create', '編集者(制作)', null],
      ['account-off', '退職・異動', people.ids.admin],
      ['account-on', '', people.ids.admin],
      ['login', '', id],
    ])
  })

  test('keeps the name beside what was written', async () => {
    const { id, kizunaName, mark } = await somebody()
    await mark(true)
    const { body } = await cms.rest({ path: `/users/${id}`, as: people.as.editor })
    expect(body).toMatchObject({ kizunaName, kizunaHasLeft: true })
  })

  test('is let in by no log-in that began just before', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { logIn, mark } = await somebody()
      const [as, marked] = await Promise.all([logIn(), mark(true)])
      if (marked.status === 200) expect(await readsTexts(as)).not.toBe(200)
    }
  })
})

describe('the mark', () => {
  afterEach(() => restoreAdmins())

  test.each(['chief', 'editor', 'municipal-approver', 'contributor'] as const)(
    'is not the %s’s to set',
    async (role) => {
      const { id, logIn, mark } = await somebody()
      const as = await logIn()
      await mark(true, people.as[role])
      await cms.rest({ method: 'PATCH', path: `/users/${id}`, as, body: { kizunaHasLeft: true } })
      expect(await isIn(as)).toBe(true)
    },
  )

  test('is not for oneself, and that is said', async () => {
    const { logIn, mark } = await somebody('admin')
    const own = await logIn()
    const answer = await mark(true, own)
    expect(answer.status).toBe(400)
    expect(problemsOf(answer.body)).toMatchObject([
      {
        path: 'kizunaHasLeft',
        message: expect.stringContaining('自分のアカウントは止められません'),
      },
    ])
    expect(await isIn(own)).toBe(true)
  })

  test('is set one by one', async () => {
    const { id, logIn } = await somebody()
    const as = await logIn()
    const path = `/users?where[id][equals]=${id}`
    const body = { kizunaHasLeft: true }
    const answer = await cms.rest({ method: 'PATCH', path, as: people.as.admin, body })
    expect([answer.status, await isIn(as)]).toEqual([403, true])
  })

  test.each([{ kizunaHasLeft: true }, { kizunaRoles: ['editor'] }])(
    'the last system admin keeps the account: %j is refused with a sentence',
    async (data) => {
      const { id } = await onlyAdmin()
      const change = cms.payload.update({ collection: 'users', id, data: data as object })
      await expect(change).rejects.toMatchObject({
        data: { errors: [{ message: expect.stringContaining('ただ一人のシステム管理者') }] },
      })
    },
  )

  test('two admins who stop each other at once do not both succeed', async () => {
    const one = await onlyAdmin()
    const other = await somebody('admin')
    const [asOne, asOther] = [await one.logIn(), await other.logIn()]
    await Promise.all([other.mark(true, asOne), one.mark(true, asOther)])
    const here = { kizunaRoles: { in: ['admin'] }, kizunaHasLeft: { not_equals: true } }
    const { totalDocs } = await cms.payload.count({ collection: 'users', where: here })
    expect(totalDocs).toBeGreaterThan(0)
  })

  /** Leaves one system admin; the others' roles are put back after the test. */
  async function onlyAdmin() {
    const one = await somebody('admin')
    const others = { kizunaRoles: { in: ['admin'] }, id: { not_equals: one.id } }
    const { docs } = await cms.payload.find({
      collection: 'users',
      where: others,
      limit: 0,
      depth: 0,
    })
    for (const { id } of docs) {
      await cms.payload.db.updateOne({ collection: 'users', id, data: { kizunaRoles: ['editor'] } })
    }
    return one
  }

  async function restoreAdmins() {
    const data = { kizunaRoles: ['admin'] }
    await cms.payload.db.updateOne({ collection: 'users', id: people.ids.admin, data })
  }
})
