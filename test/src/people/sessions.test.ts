// Where one is logged in: the device in words, one ended, all ended.
import { afterAll, describe, expect, test } from '@jest/globals'

import { startCms } from '../../collections/cms'
import { gather, insert, personData } from '../../collections/people'
import { deviceInWords } from '../../../src/people/device'
import type { OwnSessions } from '../../../src/people/sessions'

const cms = await startCms({ sessionHours: 4 })
const people = await gather(cms)
afterAll(() => cms.stop())

const EDGE =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

async function somebody() {
  const data = personData('reviewer', people.own)
  const id = await insert(cms, 'users', data)
  const logIn = async (agent: string) => {
    const { email, password } = data
    const headers = { 'user-agent': agent }
    const call = { method: 'POST', path: '/users/login', body: { email, password }, headers }
    return `JWT ${String((await cms.rest(call)).body.token)}`
  }
  return { id, logIn }
}

const isIn = async (as: string) => Boolean((await cms.rest({ path: '/users/me', as })).body.user)
const sessionsOf = async (as: string | undefined) =>
  (await cms.rest({ path: '/users/kizuna-sessions', as })).body as unknown as OwnSessions
const end = (as: string | undefined, id: unknown) =>
  cms.rest({ method: 'POST', path: '/users/kizuna-sessions/end', as, body: { id } })

test('each log-in stands there with its device and its beginning, and this one is marked', async () => {
  const { id, logIn } = await somebody()
  const desk = await logIn(EDGE)
  const phone = await logIn(IPHONE)
  const { sessions, hours } = await sessionsOf(phone)
  expect(hours).toBe(4)
  expect(sessions.map(({ device, isThis }) => [device, isThis]).toSorted()).toEqual([
    ['Windows の Edge', false],
    ['iPhone の Safari', true],
  ])
  for (const { since } of sessions) expect(Date.now() - Date.parse(since)).toBeLessThan(60_000)
  expect((await sessionsOf(desk)).sessions).toHaveLength(2)
  const { body } = await cms.rest({ path: `/users/${id}`, as: people.as.admin })
  expect(JSON.stringify(body)).not.toMatch(/Edge|Safari|Windows/)
})

test('one that is ended is out at once, the others go on, and the log has it', async () => {
  const { id, logIn } = await somebody()
  const desk = await logIn(EDGE)
  const phone = await logIn(IPHONE)
  const other = (await sessionsOf(desk)).sessions.find(({ isThis }) => !isThis)
  const answer = await end(desk, other?.id)
  expect([answer.status, (answer.body as unknown as OwnSessions).sessions.length]).toEqual([200, 1])
  expect([await isIn(desk), await isIn(phone)]).toEqual([true, false])
  await end(desk, other?.id)
  const where = { documentId: { equals: id }, action: { equals: 'logout' } }
  const { docs } = await cms.payload.find({ collection: 'kizuna-audit-log', where, depth: 0 })
  expect(docs.map(({ note }) => note)).toEqual(['ほかの端末から: iPhone の Safari'])
})

test('all are ended with one press, and a log-in after it has one', async () => {
  const { logIn } = await somebody()
  const all = [await logIn(EDGE), await logIn(IPHONE), await logIn('x')]
  await cms.rest({ method: 'POST', path: '/users/logout?allSessions=true', as: all[0] })
  for (const as of all) expect(await isIn(as)).toBe(false)
  const again = await logIn(EDGE)
  const devices = (await sessionsOf(again)).sessions.map(({ device }) => device)
  expect(devices).toEqual(['Windows の Edge'])
})

test('nobody ends or sees another’s', async () => {
  const one = await somebody()
  const other = await somebody()
  const [as, others] = [await one.logIn(EDGE), await other.logIn(IPHONE)]
  const [session] = (await sessionsOf(others)).sessions
  await end(as, session?.id)
  expect(await isIn(others)).toBe(true)
  expect((await sessionsOf(as)).sessions).toHaveLength(1)
  for (const nobody of [undefined, people.as.worker]) {
    const seen = await cms.rest({ path: '/users/kizuna-sessions', as: nobody })
    expect([seen.status, (await end(nobody, session?.id)).status]).toEqual([403, 403])
  }
})

test.each([[{ $ne: '' }], [null], [['a']]])(
  'what is no id, such as %j, ends nothing',
  async (id) => {
    const { logIn } = await somebody()
    const as = await logIn(EDGE)
    expect([(await end(as, id)).status, await isIn(as)]).toEqual([400, true])
  },
)

describe('a device in words', () => {
  test.each([
    [IPHONE, 'iPhone の Safari'],
    [EDGE, 'Windows の Edge'],
    [`${IPHONE} Line/15.0`, 'iPhone の LINE'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Linux の Firefox'],
    [
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
      'Android の Chrome',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
      'Mac の Safari',
    ],
    ['curl/8.0', '種類の分からない端末'],
    [null, '種類の分からない端末'],
    ['<script>'.repeat(1000), '種類の分からない端末'],
  ])('%s', (said, words) => {
    expect(deviceInWords(said)).toBe(words)
  })
})
