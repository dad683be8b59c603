// A year of three towns, a day at a time: what people do, what goes out, what the oracle says of it.
import { answerAll, otherwiseCounted, type Given } from './answering'
import type { ContentPlan } from './contents'
import { planContents } from './contents'
import { later, type Day } from './days'
import { createExplainer } from './explained'
import { backUp, planHappenings, trouble, withNewKey, type DaysHappenings } from './happenings'
import { TIMES } from './known'
import { createOracle, type Complaint, type Missed } from './oracle'
import { createPeople } from './people'
import { planFamilies, type Act, type Deed } from './plan'
import { FIRST_DAY } from './setting'
import { moveDocuments } from './merge'
import {
  addOnReleases,
  noticeRelease,
  surveyDocuments,
  textRelease,
  townDocuments,
} from './releases'
import { countBy } from './summary'
import { createTakings } from './taken'
import { openWorld, type World } from './world'

interface YearInput {
  databaseUrl: string
  families: number
  seed: number
  days: number
  progress?: (sentence: string) => void
  /** Whether the year is to end with the day it is at. @default never */
  isStopping?: () => boolean
}

/** What a year came to. */
export interface YearSummary {
  families: number
  readers: number
  days: number
  seed: number
  minutes: number
  /** What people did, by kind. */
  deeds: Record<string, number>
  /** Texts that came on their day, as the oracle counts them. */
  right: number
  notices: number
  calls: number
  mails: number
  toBlocked: number
  /** Answers that surveys were given, and results that the CMS was told. */
  surveyed: { given: number; told: number }
  /** Texts that did not come, by why. */
  missed: Record<string, number>
  /** What the product says of them, by its sentence. */
  explained: Record<string, number>
  complaints: Complaint[]
  /** What people could not do. */
  faults: string[]
  failures: string[]
  alerts: Record<string, number>
  warnings: Record<string, number>
}

/** In a year of so many days the surveys have ended, and are told. */
const WHOLE_DAYS = 30

/** The worker is looked at after the hours on one of so many days. */
const EVENING_EVERY = 5

/** Lives a year; a complaint of the oracle does not end it. */
export async function liveYear(input: YearInput): Promise<YearSummary> {
  const { families, seed, days, progress, isStopping = () => false } = input
  const startedAt = performance.now()
  const plan = planFamilies({ families, seed, days })
  const contents = planContents(days)
  const world = await openWorld({ databaseUrl: input.databaseUrl, first: later(FIRST_DAY, -1) })
  try {
    const takings = createTakings(world.sandbox)
    const people = createPeople({ world, takings, readers: plan.readers })
    const oracle = createOracle({ readers: plan.readers, contents })
    const explain = createExplainer(world)
    const happeningsOf = planHappenings(days)
    const tally = { right: 0, notices: 0, complaints: [] as Complaint[], missed: [] as Missed[] }
    const faults: string[] = []
    const told = (error: Error) => {
      faults.push(`${error.message}: ${String((error.cause as Error)?.message)}`)
    }
    const act = (one: Act) => people.act(one).catch(told)
    const given: Given = new Map()
    const answer = (asked: Parameters<typeof people.answer>[0]) => people.answer(asked).catch(told)
    await publish(world, contents, later(FIRST_DAY, -1))
    let lived = 0
    for (let number = 0; number < days && !isStopping(); number += 1) {
      lived += 1
      const day = later(FIRST_DAY, number)
      const acts = plan.acts.filter((one) => one.day === day)
      const happenings = happeningsOf(day)
      await liveDay({
        ...{ world, contents, day, acts, act, happenings, endTrouble: people.endTrouble },
        hasEvening: number % EVENING_EVERY === EVENING_EVERY - 1,
      })
      const verdict = oracle.judge(day, acts, takings.next())
      await answerAll({ day, contents, oracle, answer, given })
      tally.right += verdict.right
      tally.notices += verdict.notices
      tally.complaints.push(...verdict.complaints)
      tally.missed.push(...verdict.missed)
      for (const { reader, slot } of await explain.all(day, verdict.missed)) {
        tally.complaints.push({ day, kind: 'missed without a word', reader, says: slot })
      }
      if (number % 30 === 29)
        progress?.(`${day}: ${tally.right} texts, ${tally.complaints.length} complaints`)
    }
    const results = world.cms.collections.get('kizuna-survey-results') ?? []
    const surveyed = { given: sumOf(given), told: results.length }
    if (days >= WHOLE_DAYS && lived === days) faults.push(...otherwiseCounted(results, given))
    return {
      ...{ families, readers: plan.readers.length, days: lived, seed },
      minutes: (performance.now() - startedAt) / 60_000,
      deeds: countBy(
        plan.acts.filter(({ day }) => day < later(FIRST_DAY, lived)),
        ({ deed }) => nameOf(deed),
      ),
      ...{ right: tally.right, notices: tally.notices, ...takings.counts() },
      surveyed,
      missed: countBy(tally.missed, ({ why }) => why),
      explained: explain.sentences(),
      complaints: tally.complaints,
      ...{ faults, failures: world.failures, alerts: Object.fromEntries(world.alerts) },
      warnings: Object.fromEntries(world.warnings),
    }
  } finally {
    await world.close()
  }
}

/** Registrations are told apart by who makes them. */
function nameOf(deed: Deed): string {
  return deed.kind === 'register' ? `register by ${deed.by}` : deed.kind
}

function sumOf(counts: Given): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}

interface DayInput {
  world: World
  contents: ContentPlan
  day: Day
  acts: readonly Act[]
  act: (one: Act) => Promise<unknown>
  happenings: DaysHappenings
  endTrouble: () => void
  /** Whether the worker is looked at after the hours, too. */
  hasEvening: boolean
}

async function liveDay(of: DayInput): Promise<void> {
  const { world, contents, day, acts, act, happenings } = of
  const doAll = async (time: Act['time']): Promise<number> => {
    world.goTo(day, TIMES[time])
    const own = acts.filter((one) => one.time === time)
    for (const one of own) await act(one)
    return own.length
  }
  world.cms.isDown = happenings.isCmsDown
  world.goTo(day, '07:00')
  await publish(world, contents, day)
  await doAll('morning')
  const backup = happenings.isRestored ? await backUp(world) : null
  await sendAll(of)
  await backup?.putBack()
  await alertAll(world, contents, day)
  const hasNews = (await doAll('afternoon')) > 0
  if (hasNews && !(await work(world, day, '15:10'))) await work(world, day, '16:00')
  if (!of.hasEvening) return // the next morning's tick finds the same to do
  world.goTo(day, '21:00')
  await world.worker().service.tick()
}

/** The day's texts go out, whatever happens meanwhile. */
async function sendAll({ world, day, happenings, endTrouble }: DayInput): Promise<void> {
  trouble(world, happenings)
  if (happenings.hasNewKey) world.changeKeys(withNewKey)
  const isDone = await work(world, day, '10:30', happenings.isUpgraded)
  const isCalm = isDone || (await work(world, day, '11:30'))
  endTrouble()
  if (!isCalm) await work(world, day, '12:30')
}

/** What the CMS publishes on a day, before anything goes out. */
async function publish(world: World, contents: ContentPlan, day: Day): Promise<void> {
  const { cms, newRelease, worker } = world
  const releases = cms.collections.get('kizuna-releases') ?? []
  const time = '06:50'
  for (const one of contents.published) {
    if (one.day === day) releases.push(newRelease(day, time, textRelease(one)))
  }
  for (const one of contents.notices) {
    if (one.day === day && (one.kind === 'notice' || one.kind === 'survey')) {
      releases.push(newRelease(day, time, noticeRelease(one)))
    }
  }
  if (day < FIRST_DAY) {
    const all = contents.addOns.flatMap(addOnReleases)
    releases.push(...all.map((one) => newRelease(day, time, one)))
  }
  const put = (slug: string, documents: object[]) =>
    cms.collections.set(slug, documents as Record<string, unknown>[])
  put('kizuna-releases', releases)
  put('kizuna-municipalities', townDocuments(contents.merge, day))
  put('kizuna-account-moves', moveDocuments(contents.merge, day))
  put('kizuna-surveys', surveyDocuments(contents.notices))
  await worker().service.syncContent()
}

/** A warning, and what corrects it some minutes later. */
async function alertAll(world: World, contents: ContentPlan, day: Day): Promise<void> {
  const { cms, newRelease, worker } = world
  for (const [kind, time] of [
    ['urgent', '13:00'],
    ['correction', '13:20'],
  ] as const) {
    const all = contents.notices.filter((one) => one.day === day && one.kind === kind)
    if (all.length === 0) continue
    world.goTo(day, time)
    for (const one of all) {
      cms.collections.get('kizuna-releases')?.push(newRelease(day, time, noticeRelease(one)))
    }
    await worker().service.syncContent()
    await work(world, day, time)
  }
}

/** Polls in which what is under way must come to its end. */
const MOST_POLLS = 20

/** Works until nothing is left to do now; false when something waits for a later time. */
// eslint-disable-next-line max-params -- a world, and when
async function work(world: World, day: Day, time: string, isUpgraded = false): Promise<boolean> {
  world.goTo(day, time)
  await world.worker().service.tick()
  if (isUpgraded) {
    await world.worker().service.poll()
    await world.restart()
  }
  const { service, delivery } = world.worker()
  await delivery.syncedContent.refresh()
  const runs = delivery.db.collection('runs')
  for (let polls = 0; polls < MOST_POLLS; polls += 1) {
    await service.poll()
    await service.idle()
    if ((await runs.countDocuments({ date: day, state: { $ne: 'done' } })) === 0) return true
  }
  return false
}
