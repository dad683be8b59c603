import type { LineMessagePayload } from '../channel/channel'
import type { Address, Reader } from '../readers/reader'
import type { LineAccount, MunicipalitySettings } from '../../src/plan/settings'

import { isStopWord } from './answered'
import type { ConfirmationOutcome } from './completeRegistration'
import { findFormerTowns } from './formerTown'
import { lineQuestion } from './lineQuestion'
import { findReadersOutlook, outlookSentences } from './outlook'
import { sharedTokenIn } from './shareMessage'
import type { WebContext } from './webContext'

/** Who wrote to a LINE account. */
export interface LineWriter {
  account: LineAccount
  /** Those that send through the account, at least one. */
  municipalities: MunicipalitySettings[]
  userId: string
  /** The message, in which only a family's token is looked for. */
  text: string | null
}

/** What became of a friend's answer to a question of ours. */
export type TalkOutcome = ConfirmationOutcome | { status: 'refused' }

const AFTER_ANSWER: Record<TalkOutcome['status'], string> = {
  confirmed: '登録しました。',
  known:
    'このお子さんは、もう登録されています。登録の内容を見るには、「登録の内容」と送ってください。',
  used: 'この確認には、もうお返事をいただいています。登録の内容を見るには、「登録の内容」と送ってください。',
  asked:
    'まだ登録は終わっていません。登録済みのお子さんと同じか、次のページで教えてください(1時間、1回開けます)。期限が切れたときは、もう一度「登録する」を押すと新しいリンクが届きます。',
  gone: '確認の期限が切れました。もう一度登録するには、「登録」と送ってください。新しいリンクが届きます。',
  childGone:
    '確認の期限が切れました。もう一度登録するには、「登録」と送ってください。新しいリンクが届きます。',
  refused:
    'わかりました。何も登録していません。登録のリンクは、ほかの人に渡さないでください。登録するときは、「登録」と送ってください。新しいリンクが届きます。',
}

/** The reply to an answer. */
export async function answerReply(
  web: WebContext,
  writer: LineWriter,
  outcome: TalkOutcome,
): Promise<LineMessagePayload> {
  const { municipalities } = writer
  const said = `${senderOf(municipalities)}です。${AFTER_ANSWER[outcome.status]}`
  return { type: 'text', text: `${said}${await moreAfter(web, writer, outcome)}` }
}

/** When the next text comes, or that none will; or where a question is answered. */
async function moreAfter(
  web: WebContext,
  { account, municipalities }: LineWriter,
  outcome: TalkOutcome,
): Promise<string> {
  if (outcome.status === 'asked') {
    const { readerId, ...asked } = outcome.asked
    return `\n${web.links.talkPageUrl({ readerId, asked, lineAccount: account.id })}`
  }
  if (outcome.status !== 'confirmed') return ''
  const municipality = municipalities.find(({ code }) => code === outcome.municipality)
  if (!municipality) return ''
  const expected = await findReadersOutlook(web, municipality, outcome.registered)
  const sentences = expected ? outlookSentences(expected, municipality, web) : []
  const former = (await findFormerTowns(web, outcome.registered.readerId)).map(
    ({ name, stopUrl }) =>
      `\n${name}からの配信も続いています。止めるときは、こちらから:\n${stopUrl}`,
  )
  return [...sentences, ...former].join('')
}

/**
 * The reply to a follow or any message: a link to the reader's own page, or to the registration,
 * and the question that may be waiting. Dates are typed on the page, never in the chat.
 */
export async function talkReply(
  web: WebContext,
  writer: LineWriter,
): Promise<LineMessagePayload[]> {
  const text = { type: 'text', text: await linkText(web, writer) }
  const question = isStop(writer) ? null : await waitingQuestion(web, writer)
  return question ? [text, question] : [text]
}

async function waitingQuestion(
  { readers }: WebContext,
  writer: LineWriter,
): Promise<LineMessagePayload | null> {
  const waiting = await readers.waitingForLineFriend(addressOf(writer))
  const of = writer.municipalities.find(({ code }) => code === waiting?.municipality)
  return waiting && of ? lineQuestion(of, waiting) : null
}

function addressOf({ account, userId }: LineWriter): Address {
  return { channel: 'line', account: account.provider, address: userId }
}

async function linkText(web: WebContext, writer: LineWriter): Promise<string> {
  const { links } = web
  const { account, municipalities, userId } = writer
  const sender = senderOf(municipalities)
  const visitor = { lineAccount: account.id, provider: account.provider, userId }
  const shared = await sharedOf(web, writer)
  if (shared) {
    return registrationText(sender, links.lineRegistrationUrl(visitor, shared))
  }
  const own = await ownReaders(web, writer)
  if (own.length > 0) {
    const pages = linkLines(writer, own, ({ _id }) =>
      links.talkPageUrl({ readerId: _id, lineAccount: account.id }),
    )
    const said = isStop(writer) ? [...stopLines(web, writer, own), EACH_CHILD] : [OWN_PAGE]
    const [first, ...others] = said
    return [`${sender}です。${first}`, ...others, ...pages].join('\n')
  }
  // Who wants nothing is not invited to register.
  if (isStop(writer)) return `${sender}です。いまお届けしている配信はありません。`
  const [only, ...others] = municipalities
  const to = only && others.length === 0 ? { municipality: only.code } : {}
  return registrationText(sender, links.lineRegistrationUrl(visitor, to))
}

function isStop({ text }: LineWriter): boolean {
  return text !== null && isStopWord(text)
}

const OWN_PAGE = '登録の内容は、このページで変えられます(1時間、1回開けます)。'
const EACH_CHILD =
  'お子さんごとに止めるときや、登録の内容を変えるときは、こちらから(1時間、1回開けます):'

/** Who asks to stop gets the page with the one button first, without opening anything. */
function stopLines({ links }: WebContext, writer: LineWriter, own: Reader[]): string[] {
  const pages = linkLines(writer, own, ({ _id }) => links.stopUrl(_id))
  return ['配信をすべて止めるときは、こちらから:', ...pages]
}

/** A link for each delivery of the writer's; who has several is told which town's it is. */
function linkLines(
  { municipalities }: LineWriter,
  own: Reader[],
  linkOf: (reader: Reader) => string,
): string[] {
  if (own.length === 1) return own.map(linkOf)
  const nameOf = (reader: Reader) =>
    municipalities.find(({ code }) => code === reader.municipality)?.name ?? ''
  return own.flatMap((reader) => [`${nameOf(reader)}:`, linkOf(reader)])
}

function registrationText(sender: string, url: string): string {
  return `${sender}です。登録はこのページからできます。1分ほどで終わります(24時間、1回使えます)。\n${url}`
}

/** How the account calls itself: an account of several municipalities uses the name of none. */
function senderOf([only, ...others]: MunicipalitySettings[]): string {
  return only && others.length === 0 ? only.senderName : '子育て便り'
}

async function ownReaders({ readers }: WebContext, writer: LineWriter): Promise<Reader[]> {
  const codes = writer.municipalities.map(({ code }) => code)
  return (await readers.findByIdentity(addressOf(writer))).filter(
    ({ status, municipality }) => status === 'active' && codes.includes(municipality),
  )
}

async function sharedOf(
  { links, readers }: WebContext,
  { text, municipalities }: LineWriter,
): Promise<{ municipality: string; share: string } | null> {
  const share = text ? sharedTokenIn(text) : null
  const childId = share && links.openShare(share)
  const child = childId ? await readers.findChild(childId) : null
  if (!share || child?.status !== 'active') return null
  const { municipality } = child
  return municipalities.some(({ code }) => code === municipality) ? { municipality, share } : null
}
