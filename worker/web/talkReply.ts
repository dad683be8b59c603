import type { LineFlexMessage } from '../../src/release/lineMessage'
import type { LineMessagePayload } from '../channel/channel'

import { asksToRegister } from './answered'
import { heardIn, type Heard } from './heard'
import { lineQuestion } from './lineQuestion'
import { sharedTokenIn } from './shareMessage'
import { talkMessage, type TalkCard } from './talkCard'
import { contactButton, helpCard, rowButtons, talkAskedIn } from './talkRow'
import { addressOf, altTextOf, findWriter, senderOf } from './talkWriter'
import type { KnownWriter, LineWriter } from './talkWriter'
import type { LineRegistration } from './link'
import type { WebContext } from './webContext'

/**
 * The reply to a follow, a button of ours or any message: the same row for everybody, with what was
 * meant first, and the question that may be waiting. Nothing that was written is said again, and
 * dates are typed on the page, never in the chat.
 */
export async function talkReply(
  web: WebContext,
  writer: LineWriter,
): Promise<LineMessagePayload[]> {
  const heard = heardIn(writer.text)
  const known = await findWriter(web, writer)
  const say = (...cards: TalkCard[]): LineFlexMessage => talkMessage(altTextOf(writer), cards)
  const row = say(...(await cardsFor(web, writer, { heard, known })))
  if (heard.isDespair) return [say(helpCard(townsOf(writer, known))), row]
  const question = heard.isEnding ? null : await waitingQuestion(web, writer)
  return question ? [row, question] : [row]
}

interface Answered {
  heard: Heard
  known: KnownWriter
}

async function cardsFor(
  web: WebContext,
  writer: LineWriter,
  { heard, known }: Answered,
): Promise<TalkCard[]> {
  const shared = await sharedOf(web, writer)
  if (shared) return [registrationCard(web, writer, shared)]
  if (known.readers.length > 0) return readersCards(web, writer, { heard, known })
  const wantsNone = known.hasStopped || heard.isEnding || heard.isDespair
  const isAsked = talkAskedIn(writer.data) !== null
  // Who has stopped, or wants nothing, is not invited: who wants to register says so.
  if (asksToRegister(writer.text ?? '') || !(wantsNone || isAsked)) {
    return [registrationCard(web, writer, onlyTown(writer))]
  }
  return [
    { says: [`${senderOf(writer)}です。${NOTHING_COMES}`], buttons: contacts(web, writer, known) },
  ]
}

const NOTHING_COMES = 'ご連絡ありがとうございます。いまお届けしている配信はありません。'
const AUTOMATIC = '自動のお返事です。書かれたことを人が読むことはなく、残しません。'
const PRESS = 'ご用のボタンを押してください。「登録の内容・変更」は、1時間、1回開けます。'

/** One card for each delivery; who has several is told which town's it is. */
function readersCards(
  { links }: WebContext,
  writer: LineWriter,
  { heard, known: { readers } }: Answered,
): TalkCard[] {
  const sender = senderOf(writer)
  const asked = talkAskedIn(writer.data)
  const { id: lineAccount } = writer.account
  return readers.map((one) => ({
    says: [
      `${readers.length > 1 ? one.town.name : sender}です。${one.hasChildren ? PRESS : NOTHING_COMES}`,
      ...(asked === null ? [AUTOMATIC] : []),
    ],
    buttons: rowButtons({ ...one, links, lineAccount, heard, asked }),
  }))
}

/** A link to register; who has just added the account learns what it is, and how to stop. */
function registrationCard(web: WebContext, writer: LineWriter, to: LineRegistration): TalkCard {
  const { account, userId, isFollow } = writer
  const visitor = { lineAccount: account.id, provider: account.provider, userId }
  return {
    says: [
      `${senderOf(writer)}です。${isFollow ? GREETING : ''}登録は下のボタンから、1分ほどで終わります(24時間、1回使えます)。`,
      ...(isFollow ? [HOW_TO_STOP] : []),
    ],
    buttons: [
      { label: '登録する', uri: web.links.lineRegistrationUrl(visitor, to) },
      ...contacts(web, writer, NOBODY),
    ],
  }
}

const GREETING = 'お子さんの時期に合わせた子育ての文を、この LINE にお届けします。'
const HOW_TO_STOP =
  '届く文の下の「変更・停止」から、いつでも変えたり止めたりできます。このトークで「配信を止める」と送っても、止めるページが届きます。'

const NOBODY: KnownWriter = { readers: [], hasStopped: false }

/** Whom to ask; nobody, where the town is not known. */
function contacts({ links }: WebContext, writer: LineWriter, known: KnownWriter) {
  return townsOf(writer, known).map((town) => contactButton(links, town))
}

/** The towns of a writer: of their deliveries, or the account's only one. *Pure.* */
function townsOf({ municipalities }: LineWriter, { readers }: KnownWriter) {
  if (readers.length > 0) return readers.map(({ town }) => town)
  return municipalities.length === 1 ? municipalities : []
}

function onlyTown({ municipalities }: LineWriter): LineRegistration {
  const [only, ...others] = municipalities
  return only && others.length === 0 ? { municipality: only.code } : {}
}

async function waitingQuestion(
  { readers }: WebContext,
  writer: LineWriter,
): Promise<LineMessagePayload | null> {
  const waiting = await readers.waitingForLineFriend(addressOf(writer))
  const of = writer.municipalities.find(({ code }) => code === waiting?.municipality)
  return waiting && of ? lineQuestion(of, waiting) : null
}

async function sharedOf(
  { links, readers }: WebContext,
  { text, municipalities }: LineWriter,
): Promise<LineRegistration | null> {
  const share = text ? sharedTokenIn(text) : null
  const childId = share && links.openShare(share)
  const child = childId ? await readers.findChild(childId) : null
  if (!share || child?.status !== 'active') return null
  const { municipality } = child
  return municipalities.some(({ code }) => code === municipality) ? { municipality, share } : null
}
