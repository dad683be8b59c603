import { createLocalReq, type Payload, type PayloadRequest } from 'payload'

import { hasRole, MUNICIPAL, municipalityIdOf, STILL_HERE, TEAM, type USERS } from '../people/roles'
import type { User } from '../payload-types'
import type { ReviewOptions } from '../review/operations/act'
import { loadDueReviews } from '../review/queries/dueReviews'
import type { ReviewSummary } from '../review/queries/overview'
import {
  answersSince,
  findWithdrawalAnswers,
  type WithdrawalAnswer,
} from '../review/queries/withdrawalAnswers'
import { canPublish } from '../review/rules/rights'
import { loadAllWaiting, reviewQueueOf } from '../review/inbox/reviewQueue'
import { loadWaitingChanges, waitsFor, type WaitingChange } from '../municipality/waitingChanges'
import { hourInJapan, localDayOf, type LocalDay } from '../stage/day'
import { findMissingHandbooks, type MissingHandbooks } from '../numbers/missingHandbooks'
import { findBrokenLinks, type UsedLink } from '../links/findLinks'
import { peopleIn } from '../people/usersSlug'
import { findAccounts, type Colleague } from '../review/queries/colleagues'
import { readRequestWord } from '../review/rules/reviewRequests'
import {
  findCalls,
  findDueTexts,
  findTimed,
  lateFor,
  remindersFor,
  type DueText,
  type Reminder,
} from './askedReviews'
import { digestOf, type Digest } from './digest'

/** Nobody is written to before this hour in Japan. */
const FIRST_HOUR = 7

const HOUR_MS = 3_600_000
const JAPAN_MS = 9 * HOUR_MS

/**
 * Sends today's digests to the staff that have something to do and have not had one today; any
 * number of programs may call it at once, and as often as they like.
 *
 * @returns how many were sent.
 */
export async function sendDigests(payload: Payload, options: ReviewOptions): Promise<number> {
  const at = options.now()
  if (hourInJapan(at) < FIRST_HOUR) return 0
  const day = localDayOf(at)
  const people = await findPeople(payload)
  const reader = people.find((person) => hasRole(person, ...TEAM))
  const open = people.filter(
    (one) => one.kizunaWantsDigest !== false && (one.kizunaLastDigestOn ?? '') < day,
  )
  if (!reader || open.length === 0) return 0
  const req = await createLocalReq({ user: reader }, payload)
  const summaries = await loadAllWaiting(req, options)
  const overdue = await countOverdue(req, at)
  const links = (await findBrokenLinks(req)).filter(({ brokenOn }) => brokenOn === day)
  const changes = await loadWaitingChanges(req)
  const answers = await findWithdrawalAnswers(req, answersSince(at))
  const due = await findDueTexts(req, day)
  const asked = due.flatMap(({ reviewRequests }) => reviewRequests.map(readRequestWord))
  const accounts = await findAccounts(
    req,
    asked.map(({ reviewer }) => reviewer),
  )
  const callsOf = await findCalls(
    req,
    open.map(({ id }) => String(id)),
  )
  const timed = await findTimed(req)
  const known: Known = {
    payload,
    summaries,
    changes,
    answers,
    links,
    overdue,
    day,
    due,
    accounts,
    callsOf,
    timed,
    missing: await findMissingHandbooks(req, day),
  }
  let sent = 0
  for (const person of open) {
    const digest = digestFor(known, person)
    if (digest && (await sendOnce(payload, { person, day, digest }))) sent += 1
  }
  return sent
}

type Person = User & { collection: typeof USERS; kizunaLastDigestOn?: string | null }

async function findPeople(payload: Payload): Promise<Person[]> {
  const collection = peopleIn(payload)
  const { docs } = await payload.find({
    collection,
    where: STILL_HERE,
    depth: 0,
    pagination: false,
    overrideAccess: true,
    showHiddenFields: true,
  })
  return docs.map((user) => ({ ...user, collection }))
}

/** The overview that the whole team may read shows everybody's; each gets what is theirs. */
interface Known {
  payload: Payload
  summaries: readonly ReviewSummary[]
  changes: readonly WaitingChange[]
  answers: readonly WithdrawalAnswer[]
  links: readonly UsedLink[]
  overdue: number
  day: LocalDay
  due: readonly DueText[]
  accounts: ReadonlyMap<string, Colleague>
  callsOf: (person: string) => Reminder[]
  timed: Awaited<ReturnType<typeof findTimed>>
  missing: MissingHandbooks
}

function digestFor(known: Known, person: Person): Digest | null {
  const { day, due, timed } = known
  const { serverURL, routes } = known.payload.config
  const queue = reviewQueueOf(person, known.summaries)
  const toPublish = queue.toPublish.filter(({ id }) => !timed.coming.has(id))
  const work = { ...queue, toPublish }
  const asking = { due, today: day, person: String(person.id) }
  return digestOf({
    name: person.kizunaName,
    day,
    admin: `${serverURL}${routes.admin}`,
    work,
    refused: timed.refusedFor({ id: String(person.id), isPublisher: canPublish(person) }),
    calls: known.callsOf(String(person.id)),
    reminders: remindersFor(asking, work.toApprove),
    late: lateFor(asking, known.accounts),
    changes: known.changes.filter((change) => waitsFor(person, change)),
    answers: known.answers.filter((answer) => isNewTo(person, answer)),
    links: known.links.filter((link) => isMendedBy(person, link)),
    uncounted: isCountedBy(person, known.missing) ? known.missing.month : null,
    overdue: canPublish(person) ? known.overdue : null,
  })
}

/** Whether a person's own municipality lacks its number; its staff type it in. */
function isCountedBy(person: Person, { municipalities }: MissingHandbooks): boolean {
  return hasRole(person, ...MUNICIPAL) && municipalities.has(municipalityIdOf(person) ?? '')
}

/** Who writes the texts that a link stands in: the team's editors the common ones, a town's its own. */
function isMendedBy(person: Person, { uses }: UsedLink): boolean {
  const own = municipalityIdOf(person)
  return uses.some(({ municipality }) =>
    municipality === null
      ? hasRole(person, 'editor')
      : municipality === own && hasRole(person, 'municipal-editor'),
  )
}

/** What was answered after the last digest of who asked. */
function isNewTo(
  { id, kizunaLastDigestOn: last }: Person,
  { asker, at }: WithdrawalAnswer,
): boolean {
  if (asker !== String(id)) return false
  return !last || new Date(at) > firstMomentOf(last)
}

/** When digests of a day begin. */
function firstMomentOf(day: LocalDay): Date {
  return new Date(new Date(`${day}T00:00:00Z`).getTime() + FIRST_HOUR * HOUR_MS - JAPAN_MS)
}

async function countOverdue(req: PayloadRequest, at: Date): Promise<number> {
  const due = await loadDueReviews(req, at)
  return due.filter(({ reviewDueAt }) => new Date(reviewDueAt) <= at).length
}

interface Sending {
  person: Person
  day: LocalDay
  digest: Digest
}

/** Takes the day for this person, then sends; a relay that refuses gives the day back. */
async function sendOnce(payload: Payload, { person, day, digest }: Sending): Promise<boolean> {
  const { id, kizunaName: name, email: address, kizunaLastDigestOn: last = null } = person
  if (!(await moveDay(payload, { id, from: last, to: day }))) return false
  try {
    await payload.sendEmail({ to: { name, address }, ...digest })
    return true
  } catch (error) {
    await moveDay(payload, { id, from: day, to: last })
    payload.logger.warn({ reason: (error as Error).name }, 'digest not sent')
    return false
  }
}

interface DayMove {
  id: string
  from: LocalDay | null
  to: LocalDay | null
}

/** One atomic write: of several programs exactly one moves it. */
async function moveDay(payload: Payload, { id, from, to }: DayMove): Promise<boolean> {
  const moved: unknown = await payload.db.updateOne({
    collection: peopleIn(payload),
    where: {
      and: [
        { id: { equals: id } },
        from === null
          ? { kizunaLastDigestOn: { exists: false } }
          : { kizunaLastDigestOn: { equals: from } },
      ],
    },
    data: { kizunaLastDigestOn: to },
  })
  return moved !== null
}
