// The year's contents as the CMS serves them: frozen, with the hash that was approved.
import type { AddOnContent, ManuscriptContent, ReleaseContent } from '../../src/release/content'
import { contentHash } from '../../src/release/hash'
import type { Published, YearAddOn, YearNotice } from './contents'
import { SURVEY } from '../../src/release/blocks/survey'
import { surveyHash, type SurveyContent } from '../../src/survey/content'
import { asQuestion } from '../../src/survey/identity'
import { libraryQuestion } from '../../src/survey/library'
import { instant, type Day } from './days'
import type { Merge } from './merge'
import { TOWNS } from './setting'

/** Marks by which a text is known again, whatever stands around them. */
const text = (slot: string, edition: string, revision: number) =>
  `〔${slot}/${edition}/${revision}〕`

const ORDINARY = 'からだの調子に合わせて、無理なくお過ごしください。'

/** What the CMS serves of releases: a document with an id that rises with its day. */
export interface ReleaseDocument {
  id: string
  [field: string]: unknown
}

/** Numbers releases as the CMS's database does: seconds first. */
export function createReleases() {
  let count = 0
  return (day: Day, time: string, of: ReleaseOf): ReleaseDocument => {
    count += 1
    const at = instant(day, time)
    const seconds = Math.floor(at / 1000)
      .toString(16)
      .padStart(8, '0')
    const { content, key, revision = 1, action = 'publish', approved = content } = of
    return {
      id: `${seconds}${count.toString(16).padStart(16, '0')}`,
      key,
      revision,
      action,
      content,
      contentHash: contentHash(approved),
      variables: {},
      publishedAt: new Date(at).toISOString(),
      reviewDueAt: null,
      whenOverdue: 'warn',
    }
  }
}

interface ReleaseOf {
  content: ReleaseContent
  key: string
  revision?: number
  action?: 'publish' | 'withdraw'
  /** What was approved, where it is not what is served. */
  approved?: ReleaseContent
}

/** One act of the CMS on a text. *Pure.* */
export function textRelease({ slot, edition, revision, action }: Published): ReleaseOf {
  const content = manuscript({ slot, edition, revision })
  const key = `manuscript:${slot}-${edition}`
  if (action === 'withdraw') return { content, key, revision, action }
  if (action === 'publish') return { content, key, revision }
  return { content, key, revision, approved: manuscript({ slot, edition, revision: 99 }) }
}

function manuscript(of: { slot: string; edition: string; revision: number }): ManuscriptContent {
  const { slot, edition, revision } = of
  return {
    type: 'manuscript',
    slot,
    edition,
    kind: slot === '42w0d' ? 'question' : 'stage',
    subject: `${slot} のお知らせ`,
    series: slot.includes('w') ? 'pregnancy' : 'child',
    body: `${text(slot, edition, revision)}\n\n${ORDINARY}`,
    ageBasis: slot.startsWith('month') ? 'corrected' : 'calendar',
    monthRule: 'friendly',
  }
}

/** The two ranges of a town's add-on: until the birth, and from then on. *Pure.* */
export function addOnReleases({ town, name, from, to }: YearAddOn): ReleaseOf[] {
  const ranges = [
    ['4w0d', '41w6d'],
    ['day0', 'month36'],
  ] as const
  return ranges.map(([first, last]) => ({
    key: `add-on:${town}-${name}-${first}`,
    content: addOn(town, {
      ...{ from: first, to: last, timing: 'every', validFrom: from, validTo: to },
      blocks: [{ blockType: 'text', text: `〔町/${town}-${name}〕` }],
    }),
  }))
}

/** A notice, a warning, or what corrects one. *Pure.* */
export function noticeRelease(notice: YearNotice): ReleaseOf {
  const { town, name, day, kind, corrects } = notice
  const isByItself = kind === 'notice' || kind === 'survey'
  const mark = corrects === undefined ? null : `alert:${corrects}`
  const alert = { alert: { isTraining: false, corrects: mark } }
  return {
    key: isByItself ? `add-on:${town}-${name}` : `alert:${name}`,
    content: addOn(town, {
      ...{ from: '4w0d', to: 'month36', validFrom: day, validTo: day },
      timing: isByItself ? 'notice' : 'urgent',
      title: HEADINGS[kind],
      ...(!isByItself && alert),
      blocks: [{ blockType: 'text', text: `〔知/${name}〕` }, ...askedIn(notice)],
    }),
  }
}

const HEADINGS = {
  ...{ notice: '講座', urgent: '【緊急】大雨', correction: '【訂正】大雨' },
  survey: 'アンケートのお願い',
}

/** Id of a survey in the CMS. *Pure.* */
export function surveyId(name: string): string {
  return Buffer.from(name).toString('hex').padStart(24, '5')
}

/** The question of the year's surveys. */
export const ASKED = asQuestion(libraryQuestion('region')!.question)

function askedIn({ kind, name, endsOn = '' }: YearNotice): AddOnContent['blocks'] {
  if (kind !== 'survey') return []
  const said = { title: 'この地域の子育て', text: '1 分で終わります。', label: '答える' }
  return [{ blockType: SURVEY.blockType, survey: surveyId(name), endsOn, ...said }]
}

/** The surveys as the CMS serves them. *Pure.* */
export function surveyDocuments(notices: readonly YearNotice[]): ReleaseDocument[] {
  return notices
    .filter(({ kind }) => kind === 'survey')
    .map(({ name, town, endsOn = '' }) => {
      const content: SurveyContent = {
        ...{ title: 'この地域の子育て', easyTitle: 'この地域(ちいき)の 子育(こそだ)て' },
        ...{ municipality: town, endsOn, questions: [ASKED] as never },
      }
      return { id: surveyId(name), content, contentHash: surveyHash(content) }
    })
}

function addOn(town: string, of: Partial<AddOnContent>): AddOnContent {
  return {
    ...{ type: 'addOn', municipality: town, title: '', from: '4w0d', to: '41w6d' },
    ...{ isEndIncluded: true, timing: 'every', validFrom: null, validTo: null },
    ...{ areas: [], editions: [], monthRule: 'friendly', order: 100, blocks: [], ...of },
  }
}

/** Marks of texts, add-ons and notices among words. *Pure.* */
export function marksIn(words: string) {
  const all = [...words.matchAll(/〔([^〕/]+)\/([^〕/]+)(?:\/(\d+))?〕/g)]
  const named = (kind: string) => [
    ...new Set(all.filter(([, first]) => first === kind).map(([, , name = '']) => name)),
  ]
  const texts = new Map(
    all
      .filter(([, , , revision]) => revision !== undefined)
      .map(([mark, slot = '', edition = '', revision]) => [
        mark,
        { slot, edition, revision: Number(revision) },
      ]),
  )
  return { texts: [...texts.values()], addOns: named('町'), notices: named('知') }
}

/** The towns as the CMS serves them on a day. *Pure.* */
export function townDocuments({ town, host, end }: Merge, day: Day): object[] {
  const accountOf = (code: string) => `L${code === town && day >= end ? host : code}`
  return TOWNS.map(({ code, name, channels }) => ({
    id: `cms-${code}`,
    code,
    name,
    senderName: `${name} 子育て便り`,
    isActive: true,
    mailFrom: `kosodate@t${code}.example`,
    channels,
    lineAccount: channels.some((one) => one === 'line') ? accountOf(code) : null,
    series: ['pregnancy', 'child'].map((series) => ({ series, isEndIncluded: true })),
    editions: ['standard', 'easy'],
    areas: [],
    windows: { line: { from: '09:00', to: '20:00' }, mail: { from: '10:00', to: '20:00' } },
    mailAfterCrash: 'at-most-once',
    dailyCap: 4,
    contact: {
      ...{ department: '子育て支援課', phone: '03-0000-0000', hours: '平日 9:00〜17:00' },
      url: `https://t${code}.example/kosodate`,
    },
  }))
}

/** The LINE accounts of those that have one. *Pure.* */
export function accountsOf() {
  return TOWNS.filter(({ channels }) => channels.some((one) => one === 'line')).map(
    ({ code, name }) => ({
      id: `L${code}`,
      provider: name,
      kind: 'dedicated',
      channelId: `16500${code}`,
      channelSecret: `secret-of-${code}`,
      basicId: `@t${code}`,
      name,
    }),
  )
}
