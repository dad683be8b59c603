// Whoever was imported from another system is told who sends from now on: once, never in a flood,
// and never who has stopped; through the gate, the ledger and the last look like every other text.
import { expect, test } from '@jest/globals'
import { simpleParser } from 'mailparser'

import { announcementSubject } from '../../../src/plan/announcement'
import { createAudience } from '../../../worker/planning/audience'
import { createPlanningStore } from '../../../worker/planning/planningStore'
import { readerCollections } from '../../../worker/readers/collections'
import { createForgetting } from '../../../worker/readers/forget'
import { READER_COLUMNS } from '../../../worker/readers/readerColumns'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { verifyDay } from '../../../worker/report/verify'
import { dailyRequest, dailyRunId } from '../../../worker/runs/due'
import { noticeOf } from '../../../src/release/lockScreen'
import { addDays, type LocalDay } from '../../../src/stage/day'
import type { Release } from '../../../src/release/content'
import { announcing, childTexts, release, text, TODAY, TOWN } from '../../src/plan/town'
import { DAY_45, lookAndWork, never, openService } from './day'
import {
  lineUser,
  mailUser,
  openWorker,
  received,
  register,
  type WorkerUnderTest,
} from './openWorker'

const BODY = 'これからは、みなと町がお届けします。'
const ANNOUNCEMENT = release(text({ slot: 'announcement', body: BODY }))
const EASY = release(text({ slot: 'announcement', edition: 'easy', body: 'やさしいことばです。' }))
const releases = [...childTexts(), ANNOUNCEMENT, EASY]
/** Nobody of this age is due a text in these days. */
const QUIET = addDays(TODAY, -2000)

const open = (given: Release[] = releases) =>
  openWorker({ releases: given, municipalities: [announcing()] })

interface Listed {
  born: LocalDay
  edition?: string
  line?: number
}

/** Imports readers one a row, as the command does. */
async function importList(worker: WorkerUnderTest, rows: readonly Listed[], isDryRun = false) {
  const { readers, syncedContent } = worker.delivery
  const lines = rows.map(({ born, edition = 'standard', line }, at) => {
    const [channel, { address }] =
      line === undefined ? ['mail', mailUser(at)] : ['line', lineUser(line)]
    return `${TOWN},${channel},${address},birthDate,${born},${edition},mother,,,2026-09-01,2026-12`
  })
  const provider = syncedContent.line('L1')?.provider ?? null
  const outcome = await readers.importRows({
    bytes: Buffer.from([READER_COLUMNS.join(','), ...lines].join('\n')),
    municipalities: new Map([[TOWN, { settings: announcing(), provider }]]),
    consent: { basis: '前の仕組みの登録画面' },
    isDryRun,
    findAnnouncement: (town, preferences) => {
      const content = syncedContent.content()
      const settings = syncedContent.settings(town)
      return settings && announcementSubject({ settings, content, date: TODAY }, preferences)
    },
  })
  if (outcome.status === 'refused') throw new Error(JSON.stringify(outcome.errors))
  return outcome
}

async function live(worker: WorkerUnderTest, day: LocalDay, time = '10:00') {
  worker.clock.now = new Date(`${day}T${time}:00+09:00`)
  const service = openService(worker)
  await service.tick()
  await lookAndWork(service)
}

/** To whom the announcement went by mail, once for each. */
async function toldTo({ sandbox: { mail } }: WorkerUnderTest): Promise<string[]> {
  const told: string[] = []
  for (const one of mail.accepted) {
    const { text: body = '' } = await simpleParser(mail.rawOf(one))
    if (body.includes(BODY)) told.push(...one.to)
  }
  return told.sort()
}

async function readerOf({ delivery }: WorkerUnderTest, at: number) {
  const [reader] = await delivery.readers.findByIdentity(mailUser(at))
  return reader!
}

test('it comes with the first text, and to who has none within two weeks, each once', async () => {
  const worker = await open()
  await register(worker.delivery, { address: mailUser(5), child: DAY_45 }) // by themselves
  const outcome = await importList(worker, [{ born: DAY_45.birthDate }, { born: QUIET }])
  expect(outcome.announcements).toEqual([
    { municipality: TOWN, told: 2, untold: 0, subjects: ['announcement のお知らせ'] },
  ])
  await live(worker, TODAY)
  expect(await toldTo(worker)).toEqual([mailUser(0).address])
  const { on } = (await readerOf(worker, 1)).announce!
  for (const day of new Set([addDays(TODAY, 1), on, addDays(on, 1)])) await live(worker, day)
  expect(await toldTo(worker)).toEqual([0, 1].map((at) => mailUser(at).address))
  const ledger = createLedgerReader(worker.delivery.db)
  for (const day of [TODAY, on]) {
    expect((await verifyDay({ delivery: worker.delivery, ledger }, day)).differences).toEqual([])
  }
  expect(worker.alerts).toEqual([])
}, 60_000)

test('the same list again tells nobody twice, and who was there before nothing', async () => {
  const worker = await open([...childTexts()])
  const before = await importList(worker, [{ born: QUIET }])
  expect(before.announcements).toMatchObject([{ told: 0, untold: 1, subjects: [] }])
  expect(await readerOf(worker, 0)).not.toHaveProperty('announce')
  const later = await open()
  const list = [{ born: DAY_45.birthDate }]
  await importList(later, list)
  await live(later, TODAY)
  expect((await importList(later, list)).announcements).toEqual([])
  await live(later, addDays(TODAY, 1))
  await createForgetting(later.delivery.db).announcementsBefore(addDays(TODAY, 16))
  expect((await importList(later, list)).announcements).toEqual([])
  await live(later, addDays(TODAY, 16))
  expect(await toldTo(later)).toHaveLength(1)
}, 60_000)

test('a dry run counts, and writes nothing', async () => {
  const worker = await open()
  const rows = [{ born: QUIET }, { born: QUIET, edition: 'easy' }]
  const { announcements } = await importList(worker, rows, true)
  expect(announcements).toMatchObject([{ told: 2, subjects: ['announcement のお知らせ'] }])
  const { readers } = readerCollections(worker.delivery.db)
  expect(await readers.countDocuments()).toBe(0)
})

test.each<
  [string, (worker: WorkerUnderTest, of: { readerId: string; childId: string }) => unknown]
>([
  ['the child was stopped', ({ delivery }, of) => delivery.readers.stopChild(of)],
  ['the reader stopped', ({ delivery }, { readerId }) => delivery.readers.stopReader(readerId)],
  [
    'the text was withdrawn',
    async ({ delivery }) => {
      const withdrawn = { ...ANNOUNCEMENT, id: 'f'.repeat(24), revision: 2 }
      await delivery.contentStore.addReleases([{ ...withdrawn, action: 'withdraw' }])
      await delivery.syncedContent.refresh()
    },
  ],
])(
  '%s between planning and sending: it does not go out',
  async (_, end) => {
    const worker = await open()
    await importList(worker, [{ born: DAY_45.birthDate }])
    const { delivery, clock } = worker
    clock.now = new Date(`${TODAY}T07:50:00+09:00`)
    await delivery.runs.request(dailyRequest(announcing(), TODAY))
    await delivery.worker.work(dailyRunId(TOWN, TODAY), never)
    const [run] = await createLedgerReader(delivery.db).runsOf(TODAY)
    expect(run?.plan?.deliveries).toBe(2)
    const reader = await readerOf(worker, 0)
    const [child] = await delivery.readers.childrenOf(reader._id)
    await end(worker, { readerId: reader._id, childId: child!._id })
    await live(worker, TODAY)
    expect(await toldTo(worker)).toEqual([])
  },
  60_000,
)

test('a child that is stopped before its day takes it along, also when another list comes', async () => {
  const worker = await open()
  await importList(worker, [{ born: QUIET }])
  const reader = await readerOf(worker, 0)
  const { on } = reader.announce!
  const [child] = await worker.delivery.readers.childrenOf(reader._id)
  await worker.delivery.readers.stopChild({ readerId: reader._id, childId: child!._id })
  expect((await importList(worker, [{ born: QUIET }])).announcements).toEqual([])
  for (const day of [TODAY, on]) await live(worker, day)
  expect(received(worker.sandbox).size).toBe(0)
}, 60_000)

test('on LINE it ends in the quiet row, in the edition of the reader, and hides what it says where they wish', async () => {
  const worker = await open()
  await importList(worker, [{ born: DAY_45.birthDate, edition: 'easy', line: 1 }])
  const [reader] = await worker.delivery.readers.findByIdentity(lineUser(1))
  await worker.delivery.readers.changeWishes({
    readerId: reader!._id,
    wishes: { discreet: true },
  })
  await live(worker, TODAY)
  const { line } = worker.sandbox
  const [told] = line.accepted().map((call) => line.messagesOf(call))
  const words = JSON.stringify(told)
  expect(words).toContain('やさしいことばです。')
  expect(words).toContain('変(か)える・止(と)める')
  expect(told!.map(noticeOf)).toEqual(told!.map(() => 'みなと町からのお知らせ'))
})

test('who rested, or whose town was paused, gets another day; who has it is planned with all others', async () => {
  const worker = await open()
  await importList(worker, [{ born: QUIET }, { born: DAY_45.birthDate }])
  const { db } = worker.delivery
  const { pairs } = readerCollections(db)
  await worker.delivery.readers.rest({
    readerId: (await readerOf(worker, 0))._id,
    until: null,
  })
  for (const day of [TODAY, (await readerOf(worker, 0)).announce!.on]) await live(worker, day)
  expect(await toldTo(worker)).toEqual([mailUser(1).address])
  const today = addDays(TODAY, 16)
  await createForgetting(db).announcementsBefore(today)
  expect(await readerOf(worker, 1)).not.toHaveProperty('announce')
  expect(await pairs.findOne({ reader: (await readerOf(worker, 1))._id })).toMatchObject({
    anchor: `born ${DAY_45.birthDate}`,
  })
  const waiting = (await readerOf(worker, 0)).announce!
  expect(waiting.on > today && waiting.on <= addDays(today, 14)).toBe(true)
  await createForgetting(db).announcementsBefore(addDays(TODAY, 120))
  expect(await readerOf(worker, 0)).not.toHaveProperty('announce')
}, 60_000)

test('the announcements of a day are counted by themselves', async () => {
  const worker = await open()
  await importList(worker, [{ born: DAY_45.birthDate }, { born: DAY_45.birthDate }])
  await register(worker.delivery, { address: mailUser(5), child: DAY_45 })
  await live(worker, TODAY)
  const planning = createPlanningStore(worker.delivery.db)
  const counts = [TODAY, addDays(TODAY, -1)].map((day) =>
    planning.countOfOneDay({ _id: dailyRunId(TOWN, day), municipality: TOWN, date: day }),
  )
  expect(await Promise.all(counts)).toEqual([2, 0])
})

test('the audience is counted as it is planned', async () => {
  const worker = await open()
  await importList(worker, [{ born: QUIET }, { born: DAY_45.birthDate }])
  const { on } = (await readerOf(worker, 0)).announce!
  const nobody = {
    dueDates: [],
    dues: [],
    births: [],
    entryDates: [],
    correctedDueDates: [],
    supportDays: [],
  }
  const dates = { ...nobody, birthDates: [DAY_45.birthDate], announceDays: [on] }
  const audience = createAudience(worker.delivery.db)
  const query = { municipality: TOWN, dates }
  let planned = 0
  for await (const { members } of audience.chunks(query)) {
    planned += members.reduce((sum, { pairs }) => sum + pairs.length, 0)
  }
  expect(planned).toBe(2)
  expect(await audience.count(query)).toBe(2)
})
