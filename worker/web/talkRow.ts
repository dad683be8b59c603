import type { MunicipalitySettings } from '../../src/plan/settings'
import { plainPhone, readPhone } from '../../src/release/phone'
import type { Reader } from '../readers/reader'

import type { Heard } from './heard'
import { helplinesOf, quietHelplinesOf } from './helplines'
import type { Links } from './link'
import { supportPath } from './support/supportPages'
import type { TalkButton, TalkCard } from './talkCard'
import { languageQuery, wordsOf, type Words } from './words/words'

/** What somebody asks for by a button of ours, the quiet row's or the menu's. */
export type TalkAsked = 'change' | 'stop' | 'contact'

const ASKED = /^kizuna:(change|stop|contact)$/

/** Reads the postback of such a button; null when it is none. *Pure.* */
export function talkAskedIn(data: string | null): TalkAsked | null {
  return (ASKED.exec(data ?? '')?.[1] ?? null) as TalkAsked | null
}

/** A reader as the row needs to know them. */
export interface RowReader {
  reader: Pick<Reader, '_id' | 'edition'>
  town: MunicipalitySettings
  /** Whether there is a child whose texts come, and one of whom no birth was told. */
  hasChildren: boolean
  hasUnborn: boolean
}

interface RowOf extends RowReader {
  links: Links
  /** Id of the account whose talk it is. */
  lineAccount: string
  heard: Heard
  asked: TalkAsked | null
}

/**
 * The row: the same for everybody, with what was meant first. A birth is asked about where one can be
 * told; nothing is ever said about it. *Pure* but for the links it makes.
 */
export function rowButtons(of: RowOf): TalkButton[] {
  const { links, lineAccount, reader, town, hasChildren, hasUnborn, heard } = of
  const readerId = reader._id
  const words = wordsOf(reader.edition)
  const { buttons } = words.talk
  const change = { label: buttons.change, uri: links.talkPageUrl({ readerId, lineAccount }) }
  if (!hasChildren) return [supportButton(links, town, words), change]
  const first = firstOf(of)
  // The children's line stands on the other page: it is for danger, and for nobody who wants an end.
  const contactOf = first === 'stop' && !heard.isDanger ? supportButton : contactButton
  const row: Record<TalkAsked, TalkButton> = {
    change,
    stop: { label: buttons.stop, uri: links.stopUrl({ readerId, town: town.code }) },
    contact: contactOf(links, town, words),
  }
  const birth = {
    label: buttons.birth,
    uri: links.talkPageUrl({ readerId, lineAccount, isForBirth: true }),
  }
  return [...(heard.isBirth && hasUnborn ? [birth] : []), ...ROW[first].map((one) => row[one])]
}

/** The row by what was meant first: who wants an end has nothing between it and whom to talk to. */
const ROW: Readonly<Record<TalkAsked, readonly TalkAsked[]>> = {
  change: ['change', 'stop', 'contact'],
  stop: ['stop', 'contact', 'change'],
  contact: ['contact', 'change', 'stop'],
}

function firstOf({ heard, asked }: Pick<RowOf, 'heard' | 'asked'>): TalkAsked {
  if (heard.isEnding) return 'stop'
  return heard.isDespair || heard.isWorry ? 'contact' : (asked ?? 'change')
}

/**
 * Whom to ask, for who wants an end or has nothing coming: the page of procedures and contacts, which
 * speaks of no child. *Pure.*
 */
export function supportButton(
  { pageUrl }: Links,
  { code }: MunicipalitySettings,
  words: Words,
): TalkButton {
  return { label: words.talk.buttons.contact, uri: pageUrl(supportPath(code, words)) }
}

/** The page of whom to ask. *Pure.* */
export function contactButton(
  { quietPlaces }: Links,
  town: MunicipalitySettings,
  words: Words,
): TalkButton {
  return {
    label: words.talk.buttons.contact,
    uri: quietPlaces(town, null).contactUrl + languageQuery(words),
  }
}

/**
 * Where one can talk, said to everybody who wants an end, whatever for: the town's telephone and its
 * page; where the town is not known, that there are telephones. *Pure.*
 */
export function placeToTalk(
  town: Pick<MunicipalitySettings, 'contact'> | undefined,
  { page, talk }: Words,
): string {
  if (!town) return talk.help
  const { department, phone, hours } = town.contact
  const read = readPhone(phone)
  const open = hours ? `(${page.hours(hours)})` : ''
  return talk.talkTo(read ? `${department} ${plainPhone(read.number)}${open}` : null)
}

/**
 * Whom to call now: the towns that are known, then who answers at any hour. It asks nothing, and what
 * was written is not repeated. The children's line is for danger alone: to who is tired it would say
 * that their child is taken away. *Pure.*
 */
export function helpCard(
  towns: readonly MunicipalitySettings[],
  { page, talk }: Words,
  { isDanger }: Pick<Heard, 'isDanger'> = { isDanger: false },
): TalkCard {
  const own = towns.flatMap(({ contact: { department, phone } }): TalkButton[] => {
    const read = readPhone(phone)
    return read ? [{ label: `${department} ${plainPhone(read.number)}`, uri: read.href }] : []
  })
  const lines = isDanger ? helplinesOf : quietHelplinesOf
  const anyHour = lines(towns[0]?.code ?? '').map(({ name, number }): TalkButton => {
    return { label: `${name} ${number}`, uri: readPhone(number)?.href ?? '' }
  })
  const hours = towns.flatMap(({ contact: { department, hours } }) =>
    hours ? [`${department}: ${page.hours(hours)}`] : [],
  )
  return {
    says: [talk.help, ...hours],
    buttons: [...own, ...anyHour],
  }
}
