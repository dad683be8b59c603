import { contentHash } from '../../src/release/hash'
import type { Release, ReleaseContent } from '../../src/release/content'
import type { SyncedMunicipality } from '../../src/plan/readCmsDocuments'
import type { LineAccount } from '../../src/plan/settings'

/** Areas that readers and add-ons of the invented municipalities have. */
export const AREAS = ['北地区', '中央地区', '南地区']

/** About the length of a real text: 300 characters. */
const PARAGRAPH = 'これは性能を測るための文です。からだの調子に合わせて、無理なくお過ごしください。'

/** Slots with a text of their own: daily to 100 days, monthly to three years, then quarterly. */
const SLOTS = [
  ...range(28, 293).map((day) => `${Math.floor(day / 7)}w${day % 7}d`),
  ...range(0, 100).map((day) => `day${day}`),
  ...range(4, 36).map((month) => `month${month}`),
  ...range(13, 24).map((quarter) => `month${quarter * 3}`),
]

/** Approved texts of all stages; every tenth also in the easy edition. */
export function textReleases(): Release[] {
  const releases = createReleases()
  return SLOTS.flatMap((slot, at) =>
    at % 10 === 0
      ? [releases(manuscript(slot, 'standard')), releases(manuscript(slot, 'easy'))]
      : [releases(manuscript(slot, 'standard'))],
  )
}

/** A dozen add-ons of each municipality: some for everybody, some for an area, some for one day. */
export function addOnReleases(codes: readonly string[]): Release[] {
  const releases = createReleases('a')
  return codes.flatMap((code) => [
    ...AREAS.map((area, at) => releases(addOn(code, `${8 + at}w0d`, `${30 + at}w6d`, [area]))),
    ...AREAS.map((area, at) => releases(addOn(code, `day${10 + at}`, `month${4 + at}`, [area]))),
    ...range(1, 6).map((month) => releases(addOn(code, `month${month * 6}`, null, []))),
  ])
}

/** An invented municipality with one LINE account and both channels, open all day. */
export function municipality(code: string, changed: Partial<SyncedMunicipality> = {}) {
  const open = { from: null, to: null, isEndIncluded: true, effectiveFrom: null, effectiveTo: null }
  const allDay = { from: '00:00', to: '24:00' }
  const name = `見本${code}市`
  const settings: SyncedMunicipality = {
    cmsId: `cms-${code}`,
    code,
    name,
    senderName: `${name} 子育て便り`,
    isActive: true,
    mailFrom: `kosodate@c${code}.example`,
    channels: ['line', 'mail'],
    lineAccount: code,
    series: ['pregnancy', 'child'].map((series) => ({ series, ...open })),
    editions: ['standard', 'easy'],
    areas: AREAS,
    accent: null,
    windows: { line: allDay, mail: allDay },
    mailAfterCrash: 'at-most-once',
    dailyCap: 3,
    contact: {
      department: '子育て支援課',
      phone: '03-0000-0000',
      hours: '平日 9:00〜17:00',
      url: `https://c${code}.example/kosodate`,
    },
    ...changed,
  }
  return settings
}

/** The LINE account of an invented municipality, or one that several share. */
export function lineAccount(id: string): LineAccount {
  return {
    id,
    provider: `provider-${id}`,
    kind: 'dedicated',
    channelId: `16500${id}`,
    channelSecret: `secret-of-${id}`,
    basicId: `@c${id}`,
  }
}

/** Codes of invented municipalities. */
export function codes(count: number): string[] {
  return range(1, count).map((number) => `99${String(number).padStart(4, '0')}`)
}

/** Whole numbers, both ends included. *Pure.* */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at)
}

function manuscript(slot: string, edition: string): ReleaseContent {
  return {
    type: 'manuscript',
    slot,
    edition,
    kind: 'stage',
    subject: `${slot} のお知らせ`,
    series: slot.includes('w') ? 'pregnancy' : 'child',
    body: `${slot}(${edition})です。\n\n${PARAGRAPH.repeat(7)}`,
    ageBasis: 'calendar',
    monthRule: 'friendly',
  }
}

// eslint-disable-next-line max-params -- a row of a table
function addOn(code: string, from: string, to: string | null, areas: string[]): ReleaseContent {
  return {
    type: 'addOn',
    municipality: code,
    title: `${code} からのお知らせ`,
    from,
    to: to ?? from,
    isEndIncluded: true,
    timing: to === null ? 'once' : 'every',
    areas,
    editions: [],
    validFrom: null,
    validTo: null,
    monthRule: 'friendly',
    order: 100,
    blocks: [
      { blockType: 'text', text: PARAGRAPH },
      { blockType: 'link', label: 'くわしく', url: `https://c${code}.example/kosodate/${from}` },
    ],
  }
}

/** Numbers the releases: ids are unique within a prefix. */
function createReleases(prefix = '0') {
  let count = 0
  return (content: ReleaseContent): Release => {
    count += 1
    return {
      id: `${prefix}${count.toString(16).padStart(23, '0')}`,
      key: `${content.type === 'addOn' ? 'add-on' : 'manuscript'}:${prefix}${count}`,
      revision: 1,
      action: 'publish',
      content,
      contentHash: contentHash(content),
      variables: {},
      publishedAt: '2026-01-01T00:00:00.000Z',
      reviewDueAt: null,
      whenOverdue: 'warn',
    }
  }
}
