import { alertOfKey, isAlert, type AlertContent } from '../release/alert'
import type { Release, ReleaseContent } from '../release/content'
import { documentOfKey, firstSlotOf } from '../release/contentKind'
import type { LiveContent } from '../release/live'
import { isNotice, type NoticeContent } from '../release/noticeLimits'
import type { Anchors } from '../stage/due'
import { isSurvey, surveyOf } from '../release/surveyLimits'
import type { LocalDay } from '../stage/day'
import { isInSegment, segmentDates, type Segment } from '../stage/segment'
import { parseSlot } from '../stage/slot'
import type { AudienceDates } from './dueIndex'
import type { AddOnEntry } from './entries'
import type { ReaderPreferences } from './slotContent'

/** What the slots of notices begin with, where others have the place of a text. */
const PREFIX = 'notice-'

interface Placed {
  content: ReleaseContent
  release: Pick<Release, 'key'>
}

/**
 * Where an entry stands in a reader's day and in the ledger: its place in a child's stages, or, of a
 * notice, its own number, so that it comes to a reader once and nothing shares its place; of what asks
 * a survey, the survey's. *Pure.*
 */
export function placeOf({ content, release }: Placed): string {
  if (isAlert(content)) return alertSlot(release.key)
  const survey = surveyOf(content)
  if (survey !== null) return surveySlot(survey)
  return isNotice(content) ? noticeSlot(release.key, content.validFrom) : firstSlotOf(content)
}

/** What the slots of surveys begin with. */
const SURVEY_PREFIX = `${PREFIX}survey-`

/**
 * The slot of a survey by its id: a slot comes once, and so nobody is asked a survey twice, whichever
 * text asks it and whichever of their children it is about. *Pure.*
 */
export function surveySlot(survey: string): string {
  return `${SURVEY_PREFIX}${survey}`
}

/** Whether a slot is a survey's. *Pure.* */
export function isSurveySlot(slot: string): boolean {
  return slot.startsWith(SURVEY_PREFIX)
}

/** What the slots of alerts begin with. */
const ALERT_PREFIX = 'urgent-'

/** The slot of an alert: it is sent once, and never again. *Pure.* */
export function alertSlot(key: string): string {
  return `${ALERT_PREFIX}${alertOfKey(key) ?? key}`
}

/** Whether a slot is an alert's. *Pure.* */
export function isAlertSlot(slot: string): boolean {
  return slot.startsWith(ALERT_PREFIX)
}

/** Whether what stands at a slot goes by itself, and is of no stage. *Pure.* */
export function isByItself(slot: string): boolean {
  return isNoticeSlot(slot) || isAlertSlot(slot)
}

/** What the slots of a day's notices begin with. *Pure.* */
export function noticesOfDay(day: LocalDay): string {
  return `${PREFIX}${day}`
}

/**
 * The slot of a notice: its day, so that the same document with another day is another notice to whoever
 * got it before, and the document of its releases' key. *Pure.*
 */
export function noticeSlot(key: string, day: LocalDay): string {
  return `${noticesOfDay(day)}-${documentOfKey(key)?.id ?? key}`
}

/** Whether a slot is a notice's. *Pure.* */
export function isNoticeSlot(slot: string): boolean {
  return slot.startsWith(PREFIX)
}

/** An add-on of the day that is a notice, or the alert that is sent, with the segment it goes to. */
export interface NoticeEntry extends AddOnEntry {
  segment: Segment
}

/** What goes by itself among the add-ons of its day. *Pure.* */
export function noticesAmong(entries: readonly AddOnEntry[]): NoticeEntry[] {
  return entries.flatMap((entry) =>
    isNotice(entry.content) || isAlert(entry.content)
      ? [{ ...entry, segment: segmentOf(entry.content) }]
      : [],
  )
}

/** All that is in force but for the notices and surveys. *Pure.* */
export function withoutNotices({ texts, addOns }: LiveContent): LiveContent {
  const isLeftOut = (content: ReleaseContent) => isNotice(content) || isSurvey(content)
  return { texts, addOns: addOns.filter(({ content }) => !isLeftOut(content)) }
}

/** One alert of all that is in force; without its key, all but for the alerts. *Pure.* */
export function withAlert({ texts, addOns }: LiveContent, key: string | undefined): LiveContent {
  if (key === undefined) return { texts, addOns: addOns.filter(({ content }) => !isAlert(content)) }
  return { texts: [], addOns: addOns.filter(({ release }) => release.key === key) }
}

/** The children a notice, or an alert, goes to. *Pure.* */
export function segmentOf(content: NoticeContent | AlertContent): Segment {
  const { from, to, isEndIncluded, monthRule } = content
  return { from: parseSlot(from), to: parseSlot(to), isEndIncluded, monthRule }
}

/** Whether a child is one that a notice goes to on its day. *Pure.* */
export function isMet({ segment }: NoticeEntry, anchors: Anchors, date: LocalDay): boolean {
  return isInSegment(date, segment, anchors)
}

/** The dates of all children that notices go to. *Pure.* */
export function datesOfNotices(notices: readonly NoticeEntry[], date: LocalDay): AudienceDates {
  const found = notices.map(({ segment }) => segmentDates(date, segment))
  return {
    dueDates: [],
    dues: found.flatMap(({ dues }) => dues ?? []),
    birthDates: [],
    births: found.flatMap(({ births }) => births ?? []),
    entryDates: [],
    correctedDueDates: [],
    supportDays: [],
    announceDays: [],
  }
}

/**
 * Whether whom a notice is for depends on more than what readers of one cell share: a relation, or what a
 * reader was asked before. *Pure.*
 */
export function asksRelation(entries: readonly AddOnEntry[]): boolean {
  return entries.some(({ content }) => content.relation !== undefined || isSurvey(content))
}

/** Whether an add-on is limited by more than edition and area. *Pure.* */
export function isLimited({ content: { relation, channel } }: AddOnEntry): boolean {
  return relation !== undefined || channel !== undefined
}

/** Whether a reader is of those an add-on is limited to; what is not known limits nothing. *Pure.* */
export function isForReader(
  { relation, channel }: AddOnEntry['content'],
  reader: Pick<ReaderPreferences, 'relation' | 'channel'>,
): boolean {
  const isOf = (limit: string | undefined, own: string | undefined) =>
    limit === undefined || own === undefined || limit === own
  return isOf(relation, reader.relation) && isOf(channel, reader.channel)
}
