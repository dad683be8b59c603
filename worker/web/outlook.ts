import type { ChannelName, MunicipalitySettings } from '../../src/plan/settings'
import { outlookOf, type Outlook } from '../../src/plan/outlook'
import { addDays, type LocalDay } from '../../src/stage/day'
import { clockLabel, dayLabel } from '../../src/stage/japaneseDate'
import type { Child, ChildDates, Reader } from '../readers/reader'
import type { ReaderChild } from '../readers/store'

import { todayOf, type WebContext } from './webContext'

/** For whom the next text is looked for. */
export interface OutlookAsked {
  municipality: MunicipalitySettings
  dates: ChildDates
  edition: string
  area: string | null
  channel: ChannelName
  isCorrected?: boolean
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
  /** Codes of the other editions in which there is a text. */
  otherEditions: string[]
}

/** Asks the planning when a family gets its next text; after today's hours that is tomorrow's. */
export async function findOutlook(web: WebContext, asked: OutlookAsked): Promise<FamilyOutlook> {
  const { municipality, dates, edition, area, channel, isCorrected = false, gone } = asked
  const content = await web.settings.content()
  const today = todayOf(web)
  const { from, to } = municipality.windows[channel]
  const isOver = clockLabel(web.now()).padStart(5, '0') >= to
  const inEdition = (one: string) =>
    outlookOf({
      settings: municipality,
      content,
      family: { edition: one, area, channel, isTwins: false, isCorrected },
      dates,
      from: isOver ? addDays(today, 1) : today,
      ...(isOver ? {} : { gone }),
    })
  const outlook = inEdition(edition)
  const others = municipality.editions.filter((one) => one !== edition)
  return {
    outlook,
    isToday: outlook.kind === 'text' && outlook.day === today,
    opensAt: from.replace(/^0/, ''),
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
  const channel = reader.identities.find(({ status }) => status === 'active')?.channel ?? 'mail'
  const { edition, area } = reader
  const isCorrected = child.corrected?.includes(reader._id) ?? false
  return findOutlook(web, { municipality, dates: child, edition, area, channel, isCorrected, gone })
}

/** {@link findChildOutlook} by ids; null when the child is not (any more) one of the reader's. */
export async function findReadersOutlook(
  web: WebContext,
  municipality: MunicipalitySettings,
  { readerId, childId }: ReaderChild,
): Promise<FamilyOutlook | null> {
  const [reader, children, gone] = await Promise.all([
    web.readers.findReader(readerId),
    web.readers.childrenOf(readerId),
    web.goneToday(readerId),
  ])
  const child = children.find(({ _id }) => _id === childId)
  if (reader?.status !== 'active' || !child) return null
  return findChildOutlook(web, municipality, { reader, child, gone })
}

/** Says when the next text comes, or kindly that none will, and what can be done. *Pure.* */
export function outlookSentences(
  { outlook, isToday, opensAt, otherEditions }: FamilyOutlook,
  { name }: Pick<MunicipalitySettings, 'name'>,
  labels: Readonly<Record<string, string>>,
): string[] {
  switch (outlook.kind) {
    case 'text':
      return isToday
        ? ['きょうの文があります。このあと届きます。']
        : [`次の文は、${momentOf(outlook.day, opensAt)}から順に届く予定です。`]
    case 'afterBirth':
      return [
        `${name}には、いまの妊娠の時期の文がありません。`,
        'お子さんが生まれたら、「登録の内容」のページで知らせてください。そのあとの時期の文が届きます。',
      ]
    case 'none':
      return [
        `${name}には、このお子さんのこれからの時期の文がありません。登録しても、文は届きません。`,
        ...otherEditions.map((one) => `文章の書き方で「${labels[one] ?? one}」を選ぶと届きます。`),
      ]
  }
}

function momentOf(day: LocalDay, opensAt: string): string {
  return `${dayLabel(day)}の ${opensAt} ごろ`
}
