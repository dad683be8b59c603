import { documentOfKey, firstSlotOf } from '../../release/contentKind'
import type { DayContent } from '../../arrivals/dayContent'
import { imagineDay, IMAGINED, type ImaginedFamily } from '../../plan/imagined'
import { fullestDay, type FullestDay } from '../../plan/fullestDay'
import { createProgram } from '../../plan/program'
import { placeOf } from '../../plan/notice'
import type { PlannedDelivery, ReaderPlan } from '../../plan/reader'
import { REASON_LABELS } from '../../plan/reason'
import { slotText } from '../../plan/slotText'
import type { AddOnContent, ManuscriptContent, Release } from '../../release/content'
import type { LiveContent, LiveRelease } from '../../release/live'
import { previewFor, type Preview } from '../../release/preview'
import { isSurvey } from '../../release/surveyLimits'
import { slotCode, parseSlot } from '../../stage/slot'
import { SUPPORT_PAGE } from '../../stage/support'

/** The document on the screen, saved or not. */
export interface Draft {
  /** Key of its releases: the draft stands in the place of the release in force. */
  key: string
  content: ManuscriptContent | AddOnContent
}

/** One text of the family's day. */
export interface ShownText extends Preview {
  /** Subjects and headings of what it is made of. */
  titles: string[]
  /** Whether the document on the screen is part of it. */
  isOwn: boolean
  /** The add-ons in it that are out, in their order. */
  addOns: { id: string; title: string }[]
}

/** A family's day with the document on the screen in it. */
export interface ShownDay {
  texts: ShownText[]
  /** Why the document on the screen does not arrive at this family, or null. */
  leftOut: string | null
  /** The fullest day that readers of the slot can have, of all areas and periods; null without one. */
  fullest: FullestDay | null
}

interface DayInput {
  day: DayContent
  draft: Draft
  family: Omit<ImaginedFamily, 'channel'>
}

const NOT_TAKEN =
  'この自治体は、このシリーズかこの配信日を使っていません。ここには文章だけを見せています。'

/**
 * Composes what a family of a municipality gets on its day, with the planning that sends and the
 * draft in the place of its release. What does not arrive is shown alone. *Pure.*
 */
export function composeDay({ day, draft, family }: DayInput): ShownDay {
  const plan = planWith({ day, draft, family })
  const texts = (plan?.deliveries ?? []).map((delivery) => shownText(delivery, day))
  const fullest = fullestOf(day, draft)
  if (texts.some(({ isOwn }) => isOwn)) return { texts: ownFirst(texts), leftOut: null, fullest }
  return { texts: [alone({ day, draft, family })], leftOut: reasonOf(plan, draft), fullest }
}

function fullestOf(day: DayContent, draft: Draft): FullestDay | null {
  if (!day.day) return null
  const content = contentWith({ ...day, addOns: [...day.addOns, ...day.later] }, draft)
  const slots = [draft.content, ...content.texts.map((text) => text.content)].map(firstSlotOf)
  try {
    return fullestDay({
      settings: day.settings,
      content,
      slots: slots.map(codeOf),
      today: day.day.date,
      variables: day.variables,
      own: draft.key,
    })
  } catch {
    return null // a slot or range that is half typed
  }
}

function planWith({ day, draft, family }: DayInput): ReaderPlan | null {
  if (!day.day) return null
  const { date, anchors } = day.day
  const content = contentWith(day, draft)
  try {
    const program = createProgram({ settings: day.settings, content, date })
    return imagineDay({ program, family: { ...family, channel: 'mail' }, anchors })
  } catch {
    return null // a slot or range that is half typed
  }
}

function contentWith({ texts, addOns }: DayContent, draft: Draft): LiveContent {
  const others = (releases: Release[]) => releases.filter(({ key }) => key !== draft.key)
  const { content } = draft
  const own = { release: standIn(draft), isSound: true }
  return {
    texts: [
      ...others(texts).flatMap((release) => liveText(release, content)),
      ...(content.type === 'manuscript' ? [{ ...own, content }] : []),
    ],
    addOns: [
      ...others(addOns).flatMap(liveAddOn),
      ...(content.type === 'addOn' ? [{ ...own, content }] : []),
    ],
  }
}

/** A text of the day, unless the draft is to take its place. */
function liveText(release: Release, draft: Draft['content']): LiveRelease<ManuscriptContent>[] {
  const { content } = release
  if (content.type !== 'manuscript') return []
  const isReplaced =
    draft.type === 'manuscript' &&
    content.series === draft.series &&
    content.edition === draft.edition &&
    content.slot === codeOf(draft.slot)
  return isReplaced ? [] : [{ release, content, isSound: true }]
}

function liveAddOn(release: Release): LiveRelease<AddOnContent>[] {
  const { content } = release
  return content.type === 'addOn' ? [{ release, content, isSound: true }] : []
}

function standIn({ key, content }: Draft): Release {
  return {
    id: DRAFT,
    key,
    revision: 0,
    action: 'publish',
    content,
    contentHash: '',
    variables: {},
    publishedAt: '',
    reviewDueAt: null,
    whenOverdue: 'warn',
  }
}

const DRAFT = 'draft'

function shownText(
  { texts, addOns, isPlural, isDiscreet, edition }: PlannedDelivery,
  day: DayContent,
): ShownText {
  const releases = addOns.map(({ release }) => release.variables)
  const own = [...texts, ...addOns].find(({ release }) => release.id === DRAFT)
  return {
    ...previewFor({
      manuscripts: texts.map(({ content }) => content),
      addOns: addOns.map(({ content }) => content),
      variables: Object.assign({}, ...releases, day.variables) as Record<string, string>,
      isPlural,
      isDiscreet,
      edition,
      ...(own && { own: own.content }),
      ...lookOf(day),
    }),
    titles: [
      ...texts.map(({ content }) => content.subject),
      ...addOns.map(({ content }) => content.title),
    ].filter(Boolean),
    isOwn: own !== undefined,
    addOns: addOns.flatMap(({ release: { key }, content: { title } }) => {
      const document = documentOfKey(key)
      return document ? [{ id: document.id, title }] : []
    }),
  }
}

function alone({ day, draft: { content }, family }: DayInput): ShownText {
  const isText = content.type === 'manuscript'
  const preview = previewFor({
    manuscripts: isText ? [content] : [],
    addOns: isText ? [] : [content],
    variables: day.variables,
    isPlural: family.isTwins,
    isDiscreet: family.wishes?.discreet ?? false,
    own: content,
    ...lookOf(day),
  })
  return { ...preview, titles: [isText ? content.subject : content.title], isOwn: true, addOns: [] }
}

function lookOf({ settings: { name, senderName, contact, accent } }: DayContent) {
  return { name, senderName, contact, accent }
}

function ownFirst(texts: ShownText[]): ShownText[] {
  return [...texts].sort((a, b) => Number(b.isOwn) - Number(a.isOwn))
}

function reasonOf(plan: ReaderPlan | null, { key, content }: Draft): string {
  const slot = isSurvey(content)
    ? placeOf({ content, release: { key } })
    : codeOf(firstSlotOf(content))
  if (slot === SUPPORT_PAGE) return READ_NOT_SENT
  const found = plan?.exclusions.find((one) => one.child === IMAGINED && one.slot === slot)
  if (!found) return content.type === 'manuscript' ? NOT_TAKEN : NOT_THEIRS
  return `${slotText(slot)}: ${REASON_LABELS[found.reason]}。文章だけを見せています。`
}

const READ_NOT_SENT =
  'このページは送られません。読者が「手続きや相談先」を開いたときに、この文章が出ます。'

const NOT_THEIRS =
  'この日のこの家族には、この自治体原稿は付きません。地区・版・掲載する期間を確かめてください。'

/** The code of a slot that may be typed as a label; itself when it cannot be read. */
function codeOf(slot: string): string {
  try {
    return slotCode(parseSlot(slot))
  } catch {
    return slot
  }
}
