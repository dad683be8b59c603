// The digests' own timetable: Payload's scheduler and queue as a running CMS has them; only their
// clock goes faster, a look every second.
import { EventEmitter, once } from 'node:events'

import { nodemailerAdapter } from '@payloadcms/email-nodemailer'
import { mongooseAdapter } from '@payloadcms/db-mongodb'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  buildConfig,
  createLocalReq,
  getPayload,
  type Payload,
  type SanitizedConfig,
} from 'payload'

import { DIGESTS } from '../../../src/digest/job'
import { kizuna } from '../../../src/plugin/kizuna'
import { parsePolicy } from '../../../src/review/rules/policy'
import { createReview } from '../../../src/review/operations/review'
import { endCms, testDatabaseUrl } from '../../database'
import { openRelay, recipientOf } from './relay'

const EVERY_SECOND = '* * * * * *'

let at = new Date('2027-03-01T06:59:00+09:00')
const now = () => at
const relay = await openRelay()
const runs = new EventEmitter()
const config = await buildConfig({
  secret: 'a secret of the tests, long enough for the rule',
  serverURL: 'https://cms.example',
  telemetry: false,
  typescript: { autoGenerate: false },
  logger: { options: { level: 'silent' } },
  db: mongooseAdapter({ url: testDatabaseUrl(), ensureIndexes: true }),
  email: nodemailerAdapter({
    defaultFromAddress: 'kizuna@cms.example',
    defaultFromName: 'kizuna',
    skipVerify: true,
    transportOptions: { host: '127.0.0.1', port: relay.port, ignoreTLS: true },
  }),
  plugins: [kizuna({ now })],
})
hurry(config)

let payload: Payload

beforeAll(async () => {
  payload = await getPayload({ config, cron: true })
  await writeSubmitted()
}, 60_000)

afterAll(async () => {
  await endCms(payload)
  await relay.close()
})

/** Lets the timetable look every second, and tells of each run. */
function hurry({ jobs }: SanitizedConfig) {
  const task = jobs.tasks?.find(({ slug }) => slug === DIGESTS)
  if (!task || !Array.isArray(jobs.autoRun)) throw new Error('no digests in the jobs')
  for (const entry of [...(task.schedule ?? []), ...jobs.autoRun]) entry.cron = EVERY_SECOND
  const send = task.handler as (args: unknown) => Promise<unknown>
  task.handler = (async (args: unknown) => {
    const result = await send(args)
    runs.emit('run')
    return result
  }) as never
}

/** Waits for whole runs of the job that began after now. */
async function runsOf(count: number) {
  for (let run = 0; run <= count; run += 1) await once(runs, 'run') // the first may be under way
}

/** A text that waits for a doctor; nobody else has anything to do. */
async function writeSubmitted() {
  const { id: series } = await payload.create({
    collection: 'kizuna-series',
    data: {
      name: '見本',
      code: 'child',
      anchor: 'birthDate',
      isEndIncluded: true,
      from: 'day0',
      to: 'month12',
    } as never,
  })
  const person = (name: string, roles: string[], more: object = {}) =>
    payload.create({
      collection: 'users',
      data: {
        kizunaName: name,
        kizunaRoles: roles,
        email: `${name}@example.jp`,
        password: `${name}-no-kagi-hitotsu`,
        ...more,
      } as never,
    })
  const hana = await person('hana', ['editor'])
  await person('doctor', ['reviewer'], { kizunaDisciplines: ['medical'] })
  await person('eiko', ['reviewer'], { kizunaDisciplines: ['nutrition'] })
  const user = { ...hana, collection: 'users' } as never
  const { id } = await payload.create({
    collection: 'kizuna-manuscripts',
    draft: true,
    req: await createLocalReq({ user }, payload),
    data: {
      series,
      slot: 'day1',
      edition: 'standard',
      kind: 'stage',
      title: '見本 発熱',
      subject: '件名',
      body: '本文',
      ageBasis: 'calendar',
      monthRule: 'friendly',
      topics: ['health'],
    } as never,
  })
  const { submit } = createReview({ policy: parsePolicy(), now })
  const req = await createLocalReq({ user }, payload)
  await submit(payload, req, { collection: 'kizuna-manuscripts', id })
}

test('sends each person at most one mail a day with links, and none to who has nothing', async () => {
  await runsOf(2)
  expect(relay.mails).toEqual([]) // before seven

  at = new Date('2027-03-01T08:00:00+09:00')
  await runsOf(3)
  expect(relay.mails.map(recipientOf)).toEqual(['doctor'])
  expect(relay.mails[0]?.text).toMatch(
    /見本 発熱\n {2}https:\/\/cms\.example\/admin\/desk\/kizuna-manuscripts\/[0-9a-f]{24}/,
  )

  at = new Date('2027-03-02T08:00:00+09:00')
  await runsOf(2)
  expect(relay.mails.map(recipientOf)).toEqual(['doctor', 'doctor'])
}, 60_000)

test('goes on after a program died in the middle of it', async () => {
  const dead = { taskSlug: DIGESTS, queue: DIGESTS, processing: true, meta: { scheduled: true } }
  const { id } = await payload.db.create({
    collection: 'payload-jobs',
    data: { ...dead, input: {}, updatedAt: new Date(0).toISOString() },
  })
  await runsOf(2)
  const where = { id: { equals: id } }
  expect(await payload.db.findOne({ collection: 'payload-jobs', where })).toBeNull()
}, 60_000)
