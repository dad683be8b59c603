import { lineIdsOf } from '../../src/accounts/topology'
import { isLineUserId } from '../readers/identity'
import type { LineGroupTalk } from '../channel/channel'
import type { LineAccount, MunicipalitySettings } from '../../src/plan/settings'

import { confirmInTalk } from './completeRegistration'
import { isAnswered, leavesGroups } from './answered'
import { afterContact } from './contact/contactConfirmation'
import { contactReply, recordContact, type ContactTalk } from './contact/contactReply'
import { moveReply } from './accounts/moveTalk'
import { talkAnswerIn } from './lineQuestion'
import { answerReply, type TalkOutcome } from './answerReply'
import { talkReply } from './talkReply'
import type { WebContext } from './webContext'
import type { LineEvent } from './webhookBody'

/** Something to send, or a group to leave, after the webhook has been answered. */
export type LaterReply = () => Promise<void>

/**
 * Records the follows, blocks and answers of one webhook call and gives the replies to send afterwards. Only
 * one-to-one talks are recorded and answered, also of a town whose deliveries pause; groups and rooms are left, and nothing of them is kept.
 * Each event may come twice and in any order: recording is idempotent and looks at the event's own time,
 * and what was dealt with is remembered.
 */
export async function recordLineEvents(
  web: WebContext,
  account: LineAccount,
  events: LineEvent[],
): Promise<LaterReply[]> {
  if (events.length === 0) return []
  const fromPeople = events.filter(({ groupTalk }) => groupTalk === null)
  const municipalities = (await web.settings.municipalities()).filter((town) =>
    lineIdsOf(town).includes(account.id),
  )
  const later = await Promise.all(
    byUser(fromPeople).map((ofOne) => recordAll(web, { account, municipalities }, ofOne)),
  )
  const groupTalks = leavesGroups(account) ? groupTalksOf(events) : []
  return [...groupTalks.map((from) => leaving(web, account, from)), ...later.flat()]
}

/**
 * The groups and rooms the account is in, each once. Being there is a mistake whatever happens in
 * them: one that could not be left when the account was put into it is left at its next event.
 */
function groupTalksOf(events: LineEvent[]): LineGroupTalk[] {
  const talks = events.flatMap(({ type, groupTalk }) =>
    groupTalk && type !== 'leave'
      ? [[`${groupTalk.kind}:${groupTalk.id}`, groupTalk] as const]
      : [],
  )
  return [...new Map(talks).values()]
}

/** Leaves without a word: what is said in a group or a room is read by all its members. */
function leaving({ line, log }: WebContext, account: LineAccount, from: LineGroupTalk): LaterReply {
  return async () => {
    const receipt = await line?.leave({ account, from })
    if (!receipt || receipt.status === 'accepted') return
    log.warn({ kind: from.kind, code: receipt.code }, 'LINE group not left')
  }
}

/** Events of one person keep their order; people are dealt with at once, as LINE waits two seconds. */
function byUser(events: LineEvent[]): LineEvent[][] {
  const users = new Map<string | null, LineEvent[]>()
  for (const event of events) users.set(event.userId, [...(users.get(event.userId) ?? []), event])
  return [...users.values()]
}

async function recordAll(
  web: WebContext,
  of: Omit<Occurrence, 'event'>,
  events: LineEvent[],
): Promise<LaterReply[]> {
  const replies: LaterReply[] = []
  for (const event of events) {
    if (event.isAgain && (await web.readers.isEventDone(event.id))) continue
    await recordFriend(web, { ...of, event })
    const contact = await recordContact(web, { ...of, event })
    const outcome = contact ? null : await recordAnswer(web, { ...of, event })
    const isFirst = await web.readers.markEventDone(event.id)
    if (!isFirst && !contact && !outcome) continue // the same event, dealt with at the same time
    const reply = replyTo(web, { ...of, event, outcome, contact })
    if (reply) replies.push(reply)
    if (contact?.status === 'changed') replies.push(() => afterContact(web, contact))
  }
  return replies
}

interface Occurrence {
  account: LineAccount
  municipalities: MunicipalitySettings[]
  event: LineEvent
}

async function recordFriend(
  { readers }: WebContext,
  { account, municipalities, event }: Occurrence,
): Promise<void> {
  const { type, userId, at } = event
  if ((type !== 'follow' && type !== 'unfollow') || !userId || !isLineUserId(userId)) return
  await readers.recordFriendship({
    lineAccount: account.id,
    provider: account.provider,
    municipalities: municipalities.flatMap((town) => (isJudge(account, town) ? [town.code] : [])),
    userId,
    isFriend: type === 'follow',
    at,
  })
}

/**
 * Whether a block of this account keeps a town's texts from a reader: in a move within a provider both
 * accounts know the same id, and only the one that texts come from now decides.
 */
function isJudge({ id }: LineAccount, { lineAccount, move }: MunicipalitySettings): boolean {
  return move?.kind !== 'sameProvider' || lineAccount === id
}

/** Does what the friend says to a question of ours; only the talk's own friend can have said it. */
async function recordAnswer(
  web: WebContext,
  { account, event }: Occurrence,
): Promise<TalkOutcome | null> {
  const { userId, data } = event
  const answer = data && talkAnswerIn(data)
  if (!answer || !userId || !isLineUserId(userId)) return null
  const address = { channel: 'line' as const, account: account.provider, address: userId }
  const { key, isConfirmed } = answer
  if (isConfirmed) return confirmInTalk(web, { key, address })
  const refused = await web.readers.refuseByLine({ key, address })
  return { status: 'refused', ...(refused && { edition: refused.edition }) }
}

/** What a friend has said to a question of ours. */
interface Said {
  outcome: TalkOutcome | null
  contact: ContactTalk | null
}

function replyTo(
  web: WebContext,
  { account, municipalities, event, outcome, contact }: Occurrence & Said,
): LaterReply | null {
  const { line } = web
  const { userId, replyToken } = event
  if (!line || !userId || !replyToken || !isLineUserId(userId)) return null
  if (!isAnswered(account, event) || municipalities.length === 0) return null
  return async () => {
    const { type, text, data } = event
    const isFollow = type === 'follow'
    const writer = { account, municipalities, userId, text, data, isFollow }
    const answered =
      (await moveReply(web, writer)) ??
      (contact && (await contactReply(web, writer, contact))) ??
      (outcome && (await answerReply(web, writer, outcome)))
    const messages = answered ? [answered] : await talkReply(web, writer)
    await line.reply({ account, replyToken, messages })
  }
}
