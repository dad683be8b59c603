import type { LineFlexMessage } from '../../src/release/lineMessage'
import type { MunicipalitySettings } from '../../src/plan/settings'
import type { LineMessagePayload } from '../channel/channel'

import { asksToRegister, carriesKey } from './answered'
import { contactQuestionFor } from './contact/contactReply'
import { heardIn, type Heard } from './heard'
import { lineQuestion } from './lineQuestion'
import { sharedChildren } from './sharedChildren'
import { surveyAskedIn, surveyReply } from './survey/surveyTalk'
import { sharedIn } from './shareMessage'
import { talkMessage, type TalkCard } from './talkCard'
import {
  contactButton,
  helpCard,
  placeToTalk,
  rowButtons,
  supportButton,
  talkAskedIn,
} from './talkRow'
import { addressOf, altTextOf, findWriter, senderOf } from './talkWriter'
import type { KnownWriter, LineWriter } from './talkWriter'
import type { LineRegistration } from './link'
import type { WebContext } from './webContext'
import { standard, type Words } from './words/standard'
import { CATALOGUE, codeOf, languagesBeside, wordsOf } from './words/words'

/**
 * The reply to a follow, a button of ours or any message: the same row for everybody, with what was
 * meant first, and the question that may be waiting. Nothing that was written is said again, and
 * dates are typed on the page, never in the chat.
 */
export async function talkReply(
  web: WebContext,
  writer: LineWriter,
): Promise<LineMessagePayload[]> {
  const heard = heardIn(carriesKey(writer.text ?? '') ? null : writer.text)
  const known = await findWriter(web, writer)
  const survey = surveyAskedIn(writer.data)
  const asked = survey === null ? null : await surveyReply(web, writer, { id: survey, known })
  if (asked) return asked
  const notice = altTextOf(writer, known.words)
  const say = (...cards: TalkCard[]): LineFlexMessage => talkMessage(notice, cards)
  const row = say(...(await cardsFor(web, writer, { heard, known })))
  if (heard.isDespair) {
    const help = say(helpCard(townsOf(writer, known), known.words, heard))
    // That nothing comes is no answer to it.
    return known.readers.length > 0 ? [help, row] : [help]
  }
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
  const language = asksToRegister(writer.text ?? '')
  if (known.readers.length > 0) return readersCards(web, writer, { heard, known })
  const asked = talkAskedIn(writer.data)
  const isForOthers = asked === 'stop' || asked === 'contact'
  const wantsNone =
    known.hasStopped || heard.isEnding || heard.isDespair || heard.isWorry || isForOthers
  const open = registering(writer)
  // Who has stopped, or wants something else, is not invited: who wants to register says so.
  if (open && (language || !wantsNone)) {
    return [registrationCard(web, open, { ...onlyTown(open), ...inLanguage(language) })]
  }
  return [nothingCard(web, writer, { heard, known })]
}

/** The writer before those towns of the account that take registrations; null where all of them pause. */
function registering(writer: LineWriter): LineWriter | null {
  const municipalities = writer.municipalities.filter(({ isActive }) => isActive)
  return municipalities.length > 0 ? { ...writer, municipalities } : null
}

/** That nothing comes for now, where a town pauses. *Pure.* */
function pausedSaid(towns: readonly MunicipalitySettings[], { pause }: Words): string[] {
  return towns.filter(({ isActive }) => !isActive).map(({ name }) => pause.sentence(name))
}

/** Nothing comes to the writer here: one kind sentence, and whom to ask. */
function nothingCard(web: WebContext, writer: LineWriter, { heard, known }: Answered): TalkCard {
  const { words, isFormer } = known
  const { talk } = words
  const towns = townsOf(writer, known)
  const buttons = towns.map((town) => supportButton(web.links, town, words))
  return {
    says: [
      talk.who(senderOf(writer)) + thanked(isFormer ? talk.former : talk.nothing, talk, heard),
      ...(heard.isEnding || heard.isWorry
        ? [placeToTalk(towns[0], words)]
        : pausedSaid(towns, words)),
    ],
    buttons: [
      ...(buttons.length > 0 ? buttons : helpCard([], words).buttons),
      ...undoButton(web, writer, known),
    ],
  }
}

/** Thanks are out of place where somebody is in need, or wants an end. *Pure.* */
function thanked(sentence: string, { thanks }: Words['talk'], heard: Heard): string {
  return heard.isEnding || heard.isWorry ? sentence : thanks + sentence
}

/** Who may still undo their stop finds it behind a name that says nothing of it. */
function undoButton({ links }: WebContext, { account }: LineWriter, known: KnownWriter) {
  if (known.undoing === null) return []
  const uri = links.talkPageUrl({ readerId: known.undoing, lineAccount: account.id })
  return [{ label: known.words.talk.buttons.own, uri }]
}

/** One card for each delivery; who has several is told which town's it is. */
function readersCards(
  { links }: WebContext,
  writer: LineWriter,
  { heard, known: { readers } }: Answered,
): TalkCard[] {
  const sender = senderOf(writer)
  const asked = talkAskedIn(writer.data)
  const { id: lineAccount } = writer.account
  return readers.map((one) => {
    const words = wordsOf(one.reader.edition)
    const { talk } = words
    const who = talk.who(readers.length > 1 ? one.town.name : sender)
    return {
      says: [
        who + (one.hasChildren ? talk.press : thanked(talk.nothing, talk, heard)),
        ...pausedSaid([one.town], words),
        ...(heard.isEnding || heard.isWorry ? [placeToTalk(one.town, words)] : []),
        ...(asked === null ? [talk.automatic] : []),
      ],
      buttons: rowButtons({ ...one, links, lineAccount, heard, asked }),
    }
  })
}

/**
 * A link to register, and one in each other language until one was asked for; who has just added the
 * account learns in each what it is, and that who came to change where their texts come has nothing to
 * register.
 */
function registrationCard(web: WebContext, writer: LineWriter, to: LineRegistration): TalkCard {
  const { account, userId, isFollow } = writer
  const words = wordsOf(to.lang)
  const { talk } = words
  const others = to.lang === undefined ? languagesBeside(words) : []
  const visitor = { lineAccount: account.id, provider: account.provider, userId }
  const register = (label: string, one: LineRegistration) => {
    return { label, uri: web.links.lineRegistrationUrl(visitor, one) }
  }
  return {
    says: [
      talk.who(senderOf(writer)) + (isFollow ? talk.greeting : '') + talk.register,
      ...(isFollow ? greetingsAfter(words, others) : []),
    ],
    buttons: [
      register(talk.buttons.register, to),
      ...others.map(([lang, { name }]) => register(name, { ...to, lang })),
      ...townsOf(writer, NOBODY).map((town) => contactButton(web.links, town, words)),
    ],
  }
}

const NOBODY: Pick<KnownWriter, 'readers' | 'town'> = { readers: [], town: null }

/** What follows in a greeting: the shortest that who reads another language has to know. *Pure.* */
function greetingsAfter(words: Words, others: ReturnType<typeof languagesBeside>): string[] {
  return [
    words.talk.howToStop,
    ...others.map(([, { talk, name }]) => talk.greeting + talk.registerBeside(name)),
    ...Object.values(CATALOGUE).map(({ talk }) => talk.changing),
  ]
}

/** What a link says of the language; the standard one goes without saying. *Pure.* */
function inLanguage(words: Words | null): Pick<LineRegistration, 'lang'> {
  return words === null || words === standard ? {} : { lang: codeOf(words) }
}

/** The towns of a writer: of their deliveries, of those they had, or the account's only one. *Pure.* */
function townsOf(
  { municipalities }: LineWriter,
  { readers, town }: Pick<KnownWriter, 'readers' | 'town'>,
) {
  if (readers.length > 0) return readers.map(({ town }) => town)
  if (town) return [town]
  return municipalities.length === 1 ? municipalities : []
}

function onlyTown({ municipalities }: LineWriter): LineRegistration {
  const [only, ...others] = municipalities
  return only && others.length === 0 ? { municipality: only.code } : {}
}

async function waitingQuestion(
  web: WebContext,
  writer: LineWriter,
): Promise<LineMessagePayload | null> {
  const waiting = await web.readers.waitingInTalk(addressOf(writer))
  if (!waiting) return null
  if (waiting.kind === 'contact') return contactQuestionFor(web, writer, waiting.contact)
  const { registration } = waiting
  const { municipality, edition } = registration
  const of = registering(writer)?.municipalities.find(({ code }) => code === municipality)
  return of ? lineQuestion(of, { ...registration, words: wordsOf(edition) }) : null
}

async function sharedOf(web: WebContext, writer: LineWriter): Promise<LineRegistration | null> {
  const shared = sharedIn(writer.text ?? '')
  const [child] = shared ? await sharedChildren(web, shared.token) : []
  if (!shared || !child) return null
  const { municipality } = child
  const language = inLanguage(asksToRegister(shared.language ?? ''))
  const open = registering(writer)?.municipalities ?? []
  return open.some(({ code }) => code === municipality)
    ? { municipality, share: shared.token, ...language }
    : null
}
