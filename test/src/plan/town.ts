import { contentHash } from '../../../src/release/hash'
import type { AddOnContent, ManuscriptContent, Release } from '../../../src/release/content'
import { slotCode } from '../../../src/stage/slot'
import type { MunicipalitySettings } from '../../../src/plan/settings'

/** Code of the invented town of the tests. */
export const TOWN = '999016'

/** A Tuesday on which the town's texts are due in these tests. */
export const TODAY = '2026-10-06'

/** Settings of an invented town that takes all three series and has both channels. */
export function settings(changed: Partial<MunicipalitySettings> = {}): MunicipalitySettings {
  const open = { from: null, to: null, isEndIncluded: true, effectiveFrom: null, effectiveTo: null }
  return {
    code: TOWN,
    name: 'みなと町',
    senderName: 'みなと町 子育て便り',
    isActive: true,
    mailFrom: 'kosodate@minato.example',
    channels: ['line', 'mail'],
    lineAccount: 'L1',
    series: ['pregnancy', 'child', 'school'].map((series) => ({ series, ...open })),
    editions: ['standard', 'easy'],
    areas: ['北', '南'],
    windows: { line: { from: '08:00', to: '20:00' }, mail: { from: '09:00', to: '20:00' } },
    contact: {
      department: '子育て支援課',
      phone: '03-0000-0000',
      hours: '平日 9:00〜17:00',
      url: 'https://minato.example/kosodate',
    },
    mailAfterCrash: 'at-most-once',
    dailyCap: 3,
    accent: null,
    ...changed,
  }
}

/** A manuscript of the pregnancy or child series. */
export function text(changed: Partial<ManuscriptContent> & { slot: string }): ManuscriptContent {
  const series = changed.slot.includes('w')
    ? 'pregnancy'
    : changed.slot.startsWith('entry')
      ? 'school'
      : changed.slot.startsWith('support')
        ? 'support'
        : changed.slot === 'announcement'
          ? 'announcement'
          : 'child'
  return {
    type: 'manuscript',
    series,
    edition: 'standard',
    kind: 'stage',
    body: `${changed.slot} の文です。`,
    subject: `${changed.slot} のお知らせ`,
    ageBasis: 'calendar',
    monthRule: 'friendly',
    ...changed,
  }
}

/** An add-on of the town with one paragraph. */
export function addOn(changed: Partial<AddOnContent> & { from: string }): AddOnContent {
  return {
    type: 'addOn',
    municipality: TOWN,
    title: '町から',
    to: changed.from,
    isEndIncluded: true,
    timing: 'once',
    validFrom: null,
    validTo: null,
    areas: [],
    editions: [],
    monthRule: 'friendly',
    order: 100,
    blocks: [{ blockType: 'text', text: `${changed.from} の町の文です。` }],
    ...changed,
  }
}

/** A notice of the town for today, to pregnancies from 20w0d and children up to a year. */
export function noticeToday(changed: Partial<AddOnContent> = {}): AddOnContent {
  return addOn({
    from: '20w0d',
    to: 'month12',
    timing: 'notice',
    validFrom: TODAY,
    validTo: TODAY,
    title: '講座',
    ...changed,
  })
}

/** An alert that two people have sent today. */
export function alertToday(changed: Partial<AddOnContent> = {}): AddOnContent {
  return addOn({
    from: '4w0d',
    to: 'month80',
    timing: 'urgent',
    validFrom: TODAY,
    validTo: TODAY,
    title: '【緊急】大雨に注意してください',
    alert: { isTraining: false, corrects: null },
    ...changed,
  })
}

let count = 0

/** The approved, frozen release of a content. */
export function release(
  content: ManuscriptContent | AddOnContent,
  changed: Partial<Release> = {},
): Release {
  count += 1
  return {
    id: count.toString(16).padStart(24, '0'),
    key: `${content.type === 'addOn' ? 'add-on' : 'manuscript'}:${count}`,
    revision: 1,
    action: 'publish',
    content,
    contentHash: contentHash(content),
    variables: {},
    publishedAt: '2026-09-01T00:00:00.000Z',
    reviewDueAt: null,
    whenOverdue: 'warn',
    ...changed,
  }
}

/** Settings of the town that takes the support series too. */
export function supporting(changed: Partial<MunicipalitySettings> = {}): MunicipalitySettings {
  return takingAlso('support', changed)
}

/** Settings of the town that announces itself to readers of another system. */
export function announcing(changed: Partial<MunicipalitySettings> = {}): MunicipalitySettings {
  return takingAlso('announcement', changed)
}

function takingAlso(series: string, changed: Partial<MunicipalitySettings>): MunicipalitySettings {
  const taken = { from: null, to: null, isEndIncluded: true }
  const base = settings(changed)
  const also = { series, ...taken, effectiveFrom: null, effectiveTo: null }
  return { ...base, series: [...base.series, also] }
}

/** The page of procedures and contacts, and the texts of the first, fourth and eighth day. */
export function supportTexts(edition = 'standard'): Release[] {
  return [0, 1, 4, 8].map((day) => release(text({ slot: `support${day}`, edition })))
}

/** Texts of each day of pregnancy from 4w0d to 41w6d. */
export function pregnancyTexts(): Release[] {
  return Array.from({ length: 266 }, (_, day) => day + 28).map((day) =>
    release(
      text({ slot: slotCode({ anchor: 'dueDate', week: Math.floor(day / 7), day: day % 7 }) }),
    ),
  )
}

/** Texts of the first hundred days. */
export function childTexts(): Release[] {
  return Array.from({ length: 101 }, (_, day) => release(text({ slot: `day${day}` })))
}
