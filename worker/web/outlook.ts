import { shownHour } from '../../src/stage/localTime'
import type { ChannelName, MunicipalitySettings } from '../../src/plan/settings'
import { hourOf } from '../../src/plan/deliveryHour'
import { outlookOf, type Outlook } from '../../src/plan/outlook'
import type { Wishes } from '../../src/plan/wishes'
import { addDays } from '../../src/stage/day'
import { clockLabel } from '../../src/stage/japaneseDate'
import type { Child, ChildDates, Reader } from '../readers/reader'

import { todayOf, type WebContext } from './webContext'
import { standard } from './words/standard'
import { editionName, type EditionNames } from './words/words'

/** For whom the next text is looked for. */
export interface OutlookAsked {
  municipality: MunicipalitySettings
  dates: ChildDates
  edition: string
  area: string | null
  channel: ChannelName
  isCorrected?: boolean
  wishes?: Wishes | undefined
  /** Slots of which today's text has gone out. */
  gone?: ReadonlySet<string>
}

/** A family's next text, and the editions that have one. */
export interface FamilyOutlook {
  outlook: Outlook
  /** Whether the next text is one of today, whose hours are not over. */
  isToday: boolean
  /** When it goes out at the earliest: `9:00`. */
  opensAt: string
  /** Whether that is the reader's own hour, and still ahead today. */
  isAhead: boolean
  /** Codes of the other editions in which there is a text. */
  otherEditions: string[]
}

/** Asks the planning when a family gets its next text; after today's hours that is tomorrow's. */
export async function findOutlook(web: WebContext, asked: OutlookAsked): Promise<FamilyOutlook> {
  const { municipality, dates, edition, area, channel, isCorrected = false, gone, wishes } = asked
  const content = await web.settings.content()
  const today = todayOf(web)
  const { from, to } = municipality.windows[channel]
  const clock = clockLabel(web.now()).padStart(5, '0')
  const isOver = clock >= to
  const hour = hourOf(municipality, channel, wishes)
  const inEdition = (one: string) =>
    outlookOf({
      settings: municipality,
      content,
      family: { edition: one, area, channel, isTwins: false, isCorrected, wishes },
      dates,
      from: isOver ? addDays(today, 1) : today,
      ...(isOver ? {} : { gone }),
    })
  const outlook = inEdition(edition)
  const others = municipality.editions.filter((one) => one !== edition)
  return {
    outlook,
    isToday: outlook.kind === 'text' && outlook.day === today,
    opensAt: shownHour(hour ?? from),
    isAhead: hour !== null && clock < hour,
    otherEditions:
      outlook.kind === 'none' ? others.filter((one) => inEdition(one).kind !== 'none') : [],
  }
}

/** A reader's child, and the slots of which the reader had a text today. */
export interface ReadersChild {
  reader: Reader
  child: Child
  gone: ReadonlySet<string>
}

/** {@link findOutlook} of a reader's child. */
export function findChildOutlook(
  web: WebContext,
  municipality: MunicipalitySettings,
  { reader, child, gone }: ReadersChild,
): Promise<FamilyOutlook> {
  const channel = channelOf(reader)
  const { edition, area, wishes } = reader
  const isCorrected = child.corrected?.includes(reader._id) ?? false
  const own = { edition, area, wishes, isCorrected, gone }
  return findOutlook(web, { municipality, dates: child, channel, ...own })
}

/** By what the reader's texts come. *Pure.* */
export function channelOf({ identities }: Pick<Reader, 'identities'>): ChannelName {
  return identities.find(({ status }) => status === 'active')?.channel ?? 'mail'
}

/** Who has registered, and the ids of the children they did it for. */
export interface RegisteredFamily {
  readerId: string
  children: readonly string[]
  /** The mail provider has refused texts to this address before. */
  wasRefused?: boolean
}

/** What a reader has to expect of their children; null when none is (any more) theirs. */
export async function findReadersOutlook(
  web: WebContext,
  municipality: MunicipalitySettings,
  family: RegisteredFamily,
): Promise<FamilyOutlook | null> {
  const found = await findReadersChildren(web, family)
  return soonest(await Promise.all(found.map((one) => findChildOutlook(web, municipality, one))))
}

/** A reader with each of the children that are (still) theirs. */
export async function findReadersChildren(
  web: WebContext,
  { readerId, children }: RegisteredFamily,
): Promise<ReadersChild[]> {
  const [reader, own, gone] = await Promise.all([
    web.readers.findReader(readerId),
    web.readers.childrenOf(readerId),
    web.goneToday(readerId),
  ])
  if (reader?.status !== 'active') return []
  return own.filter(({ _id }) => children.includes(_id)).map((child) => ({ reader, child, gone }))
}

/** What comes first of several children: a text, else one after a birth; null without a child. *Pure.* */
export function soonest(all: readonly FamilyOutlook[]): FamilyOutlook | null {
  const rank = ({ outlook, otherEditions }: FamilyOutlook) => {
    if (outlook.kind === 'text') return outlook.day
    return { afterBirth: '~1', none: otherEditions.length > 0 ? '~2' : '~3' }[outlook.kind]
  }
  const [first = null] = all.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))
  return first
}

/** Says when the next text comes, or kindly that none will, and what can be done. *Pure.* */
export function outlookSentences(
  { outlook, isToday, opensAt, isAhead, otherEditions }: FamilyOutlook,
  { name }: Pick<MunicipalitySettings, 'name'>,
  names: EditionNames,
): string[] {
  const { words = standard } = names
  const { today, todayAt, next, afterBirth, none, otherEdition } = words.outlook
  const hour = words.hour(opensAt)
  switch (outlook.kind) {
    case 'text':
      if (!isToday) return [next(words.day(outlook.day), hour)]
      return [isAhead ? todayAt(hour) : today]
    case 'afterBirth':
      return afterBirth(name)
    case 'none':
      return [none(name), ...otherEditions.map((one) => otherEdition(editionName(one, names)))]
  }
}

/** Whether nothing will come, in whatever edition. *Pure.* */
export function isNothing({ outlook, otherEditions }: FamilyOutlook): boolean {
  return outlook.kind === 'none' && otherEditions.length === 0
}
