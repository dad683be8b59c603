// Documents of every collection and target of the access matrix, made fresh for each question.
import { randomBytes, randomUUID } from 'node:crypto'

import { isLive, type Collection } from './accessMatrix'
import { tellResults } from '../../src/survey/results'
import { monthFigures } from '../src/statistics/monthFigures'
import type { TestCms } from './cms'
import { CONTACT, insert, municipalityData, nextNumber, personData, type People } from './people'

/** The smallest PNG there is. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

type Data = Record<string, unknown>

/** Collections with a trash. */
type Versioned = 'kizuna-manuscripts' | 'kizuna-add-ons'

const AT = '2026-11-29T00:00:00.000Z'

export interface Documents {
  /** What somebody would send to make one. */
  input: (collection: Collection, target: string) => Promise<Data>
  /** Id of one that stays. */
  find: (collection: Collection, target: string) => Promise<string>
  /** Makes a new one, whoever may, and gives its id. */
  make: (collection: Collection, target: string) => Promise<string>
  /** The one that stayed is gone: the next question gets another. */
  forget: (collection: Collection, target: string) => void
  /** Id of one that lies in the trash, whoever took it out. */
  trashed: (collection: Versioned, target: string) => Promise<string>
  /** A change that is small and valid. */
  change: (collection: Collection) => Data
}

export async function createDocuments(cms: TestCms, people: People): Promise<Documents> {
  const series = await insert(cms, 'kizuna-series', seriesData())
  const manuscript = await insert(cms, 'kizuna-manuscripts', manuscriptData(series))
  const place = (target: string) => (target.startsWith('other') ? people.other : people.own)
  const stranger = await insert(cms, 'users', personData('contributor', people.own))
  const input = async (collection: Collection, target: string): Promise<Data> => {
    switch (collection) {
      case 'users':
        return personData(target === 'team' ? 'editor' : 'municipal-editor', place(target))
      case 'kizuna-service-accounts':
        return { name: '連携', isActive: true, enableAPIKey: true, apiKey: randomUUID() }
      case 'kizuna-municipalities':
        return municipalityData()
      case 'kizuna-line-accounts':
        return lineAccountData()
      case 'kizuna-series':
        return seriesData()
      case 'kizuna-manuscripts':
        return { ...manuscriptData(series), ...statusOf(target) }
      case 'kizuna-add-ons':
        return { ...addOnData(place(target)), ...statusOf(target) }
      case 'kizuna-media':
        return mediaData(target, people)
      case 'kizuna-approvals':
        return approvalData({ manuscript, people, target })
      case 'kizuna-comments':
        return commentData({ manuscript, people, target })
      case 'kizuna-review-requests':
        return reviewRequestData({ manuscript, people, target })
      case 'kizuna-schedules':
        return scheduleData({ manuscript, people, target })
      case 'kizuna-releases':
        return releaseData({ people, target })
      case 'kizuna-reports':
        return { municipality: place(target), date: '2026-11-22', numbers: { delivered: 12 } }
      case 'kizuna-statistics': {
        const month = nextMonth()
        return { municipality: place(target), month, figures: monthFigures(month) }
      }
      case 'kizuna-denominators':
        return { municipality: place(target), ...denominatorData() }
      case 'kizuna-audit-log':
        return auditData()
      case 'kizuna-shared-add-ons': {
        const live = await makeLive(cms, addOnData(place(target)), 'kizuna-add-ons')
        return { addOn: live, municipality: place(target) }
      }
      case 'kizuna-municipality-changes':
        return {
          municipality: place(target),
          step: 'propose',
          by: people.ids['municipal-editor'],
          key: randomUUID(),
        }
      case 'kizuna-account-moves':
        return {
          title: `引っ越し ${nextNumber()}`,
          municipality: place(target),
          ...{ kind: 'mailToLine', stage: 'finished', from: 'mail', to: 'L1' },
          ...{ begin: '2026-12-01', until: '2027-03-01', history: [], figures: [] },
        }
      case 'kizuna-hidden-texts': {
        const live = await makeLive(cms, manuscriptData(series))
        return { manuscript: live, reason: '町では行っていないため', municipality: place(target) }
      }
      case 'kizuna-sources':
        return { municipality: place(target), occasion: 'plaza', place: `ひろば${nextNumber()}` }
      case 'kizuna-voices':
        return { municipality: place(target), ...voiceData(manuscript) }
      case 'kizuna-alerts':
        return { municipality: place(target), step: 'sent', key: `sent:${nextNumber()}` }
      case 'kizuna-surveys':
        return {
          ...surveyData(),
          ...(target.startsWith('common') ? {} : { municipality: place(target) }),
        }
      case 'kizuna-survey-results': {
        const survey = await insert(cms, 'kizuna-surveys', surveyData())
        return { survey, municipality: place(target), told: toldResults() }
      }
      case 'kizuna-funding-reports':
        return { municipality: place(target), title: '実績', fiscalYear: 2026 }
      case 'kizuna-alignments':
        return { manuscript, standardHash: 'a'.repeat(64) }
    }
  }
  const make = createMake({ cms, people, input, stranger })
  const kept = new Map<string, Promise<string>>()
  const find: Documents['find'] = (collection, target) => {
    if (collection === 'kizuna-municipalities') return Promise.resolve(place(target))
    if (collection === 'kizuna-line-accounts') return make(collection, target) // the newest is `own`
    const key = `${collection} ${target}`
    const id = kept.get(key) ?? make(collection, target)
    kept.set(key, id)
    return id
  }
  const inTrash = new Map<string, Promise<string>>()
  const trashed: Documents['trashed'] = async (collection, target) => {
    const key = `${collection} ${target}`
    const made = inTrash.get(key) ?? make(collection, target)
    inTrash.set(key, made)
    const id = await made
    const query = { collection, id, trash: true, depth: 0 } as const
    const { deletedAt } = await cms.payload.findByID(query)
    if (!deletedAt) await cms.payload.update({ collection, id, data: { deletedAt: AT } })
    return id
  }
  const forget = (collection: Collection, target: string) => {
    kept.delete(`${collection} ${target}`)
  }
  return { input, find, make, forget, trashed, change }
}

interface MakeOptions {
  cms: TestCms
  people: People
  input: Documents['input']
  stranger: string
}

function createMake({ cms, people, input, stranger }: MakeOptions): Documents['make'] {
  return async (collection, target) => {
    const data = await input(collection, target)
    if (collection === 'kizuna-media') return makeMedia(cms, data)
    if (
      (collection === 'kizuna-manuscripts' || collection === 'kizuna-add-ons') &&
      isLive(target)
    ) {
      return makeLive(cms, data, collection)
    }
    if (collection === 'kizuna-line-accounts' && target === 'own')
      return makeOwnLine({ cms, people, data })
    if (collection === 'kizuna-add-ons' && target.endsWith('Proposal')) {
      const proposedBy = target === 'strangersProposal' ? stranger : people.ids.contributor
      const isProposal = target !== 'takenProposal'
      return insert(cms, collection, { ...data, proposedBy, isProposal })
    }
    const id = await insert(cms, collection, data)
    if (collection === 'kizuna-surveys' && target.endsWith('Approved')) {
      const where = { id: { equals: id } }
      await cms.payload.db.updateOne({ collection, where, data: { state: 'approved' } })
    }
    return id
  }
}

/** A survey as somebody begins it. */
export function surveyData() {
  return { title: `見本のアンケート ${nextNumber()}`, questions: [{ library: 'region' }] }
}

/** What is told of a survey that nobody has answered. */
export function toldResults() {
  return tellResults([], [], { asked: 0, opened: 0 })
}

/** The version of a reviewed document that somebody opens now; a save names it. */
export async function opened(cms: TestCms, collection: Collection, id: string): Promise<Data> {
  if (collection !== 'kizuna-manuscripts' && collection !== 'kizuna-add-ons') return {}
  const { updatedAt } = await cms.payload.findByID({ collection, id, depth: 0, draft: true })
  return { updatedAt }
}

const statusOf = (target: string) => (isLive(target) ? { _status: 'published' } : {})

async function makeMedia(cms: TestCms, data: Data): Promise<string> {
  const file = { data: PNG, mimetype: 'image/png', name: `${randomUUID()}.png`, size: PNG.length }
  const { id } = await cms.payload.create({ collection: 'kizuna-media', data: data as never, file })
  return String(id)
}

/** Straight into the database: this test is about access, not about the gate. */
async function makeLive(
  cms: TestCms,
  data: Data,
  collection: 'kizuna-manuscripts' | 'kizuna-add-ons' = 'kizuna-manuscripts',
): Promise<string> {
  const id = await insert(cms, collection, { ...data, _status: 'draft' })
  await cms.payload.db.updateOne({
    collection,
    data: { _status: 'published' },
    where: { id: { equals: id } },
  })
  return id
}

async function makeOwnLine({
  cms,
  people,
  data,
}: Omit<MakeOptions, 'input' | 'stranger'> & { data: Data }) {
  const id = await insert(cms, 'kizuna-line-accounts', data)
  await cms.payload.update({
    collection: 'kizuna-municipalities',
    id: people.own,
    data: { lineAccount: id },
  })
  return id
}

function change(collection: Collection): Data {
  const text = `変更 ${nextNumber()}`
  const changes: Record<Collection, Data> = {
    users: { kizunaName: text },
    'kizuna-service-accounts': { name: text },
    // GraphQL wants the whole of a group that has required fields; what it says stays as it is.
    'kizuna-municipalities': { dailyCap: 1 + (nextNumber() % 9), contact: CONTACT },
    'kizuna-municipality-changes': { note: text },
    'kizuna-account-moves': { title: text },
    'kizuna-line-accounts': { name: text },
    'kizuna-series': { name: text },
    'kizuna-manuscripts': { title: text },
    'kizuna-add-ons': { title: text },
    'kizuna-media': { alt: text },
    'kizuna-approvals': { comment: text },
    'kizuna-comments': { text },
    'kizuna-review-requests': { day: '2026-12-03' },
    'kizuna-schedules': { reason: text },
    'kizuna-releases': { reason: text },
    'kizuna-reports': { date: '2026-11-21' },
    'kizuna-statistics': { month: '2026-10' },
    'kizuna-denominators': { source: text },
    'kizuna-audit-log': { note: text },
    'kizuna-hidden-texts': { reason: text },
    'kizuna-shared-add-ons': { sharedBy: null },
    'kizuna-sources': { name: text },
    'kizuna-voices': { comment: text },
    'kizuna-alerts': { note: text },
    'kizuna-funding-reports': { title: text },
    'kizuna-surveys': { title: text },
    'kizuna-survey-results': { texts: [] },
    'kizuna-alignments': { subject: text },
  }
  return changes[collection]
}

export function seriesData() {
  return {
    name: '妊娠期',
    code: `series-${nextNumber()}`,
    anchor: 'birthDate',
    from: 'day0',
    to: 'day3650',
    isEndIncluded: true,
  }
}

let days = 0

/** A day nobody else uses; a series has only so many. */
function nextDay(): number {
  days += 1
  return days
}

export function manuscriptData(series: string) {
  return {
    title: '見本の原稿',
    series,
    slot: `day${nextDay()}`,
    edition: 'standard',
    kind: 'stage',
    body: 'こんにちは。見本の文章です。',
    subject: '見本の件名',
    ageBasis: 'calendar',
    monthRule: 'friendly',
  }
}

export function addOnData(municipality: string) {
  return {
    municipality,
    title: '絵本の紹介',
    from: 'month4',
    to: 'month6',
    timing: 'once',
    monthRule: 'friendly',
    order: 10,
    blocks: [{ blockType: 'book', title: 'もりのおはなし', author: '見本 たろう' }],
  }
}

export function lineAccountData() {
  return {
    name: '見本の LINE',
    provider: '見本',
    kind: 'dedicated',
    channelId: String(2_000_000_000 + nextNumber()),
    channelSecret: '0123456789abcdef0123456789abcdef',
    basicId: `@mihon${nextNumber()}`,
  }
}

function mediaData(target: string, people: People): Data {
  const municipality = target === 'own' ? people.own : target === 'other' ? people.other : undefined
  const shown = {
    alt: '表紙',
    source: '見本市 広報課',
    rights: 'own',
    isPublic: target === 'public',
  }
  return { ...shown, ...(municipality ? { municipality } : {}) }
}

interface Owned {
  people: People
  target: string
}

function municipalityField({ people, target }: Owned): Data {
  if (target === 'common') return {}
  return { municipality: target === 'own' ? people.own : people.other }
}

function approvalData({ manuscript, ...owned }: Owned & { manuscript: string }): Data {
  return {
    document: { relationTo: 'kizuna-manuscripts', value: manuscript },
    verdict: 'approve',
    discipline: 'chief',
    reviewer: owned.people.ids.chief,
    contentHash: 'a'.repeat(64),
    policyHash: 'b'.repeat(64),
    ...municipalityField(owned),
  }
}

function commentData({ manuscript, ...owned }: Owned & { manuscript: string }): Data {
  return {
    document: { relationTo: 'kizuna-manuscripts', value: manuscript },
    kind: 'comment',
    field: 'body',
    fieldLabel: '本文',
    text: 'もう少し短く。',
    author: owned.people.ids.reviewer,
    ...municipalityField(owned),
  }
}

function reviewRequestData({ manuscript, ...owned }: Owned & { manuscript: string }): Data {
  return {
    document: { relationTo: 'kizuna-manuscripts', value: manuscript },
    step: 'ask',
    reviewer: owned.people.ids.reviewer,
    discipline: 'medical',
    day: '2026-12-01',
    askedOn: '2026-11-24',
    by: owned.people.ids.editor,
    ...municipalityField(owned),
  }
}

function scheduleData({ manuscript, ...owned }: Owned & { manuscript: string }): Data {
  return {
    document: { relationTo: 'kizuna-manuscripts', value: manuscript },
    step: 'schedule',
    publishAt: '2026-12-01T00:00:00.000Z',
    by: owned.people.ids.chief,
    contentHash: 'a'.repeat(64),
    ...municipalityField(owned),
  }
}

function releaseData(owned: Owned): Data {
  return {
    key: `manuscript:${nextNumber()}`,
    revision: 1,
    action: 'publish',
    content: { type: 'manuscript' },
    contentHash: 'a'.repeat(64),
    variables: {},
    publishedAt: '2026-11-23T00:00:00.000Z',
    whenOverdue: 'warn',
    ...municipalityField(owned),
  }
}

/** A month nobody else uses: each municipality has one document of one. */
function nextMonth(): string {
  const number = nextNumber() % 3000
  return `${1901 + Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`
}

/** As the worker brings one. */
export function voiceData(manuscript: string): Data {
  return {
    id: randomBytes(16).toString('base64url'),
    title: '見本の件名',
    textKey: `manuscript:${manuscript}`,
    revision: 1,
    month: '2026-11',
    verdict: 'helpful',
    comment: '安心しました。',
    mayQuote: true,
  }
}

function denominatorData(): Data {
  const counted = { count: 65, source: '健康課の窓口の集計', countedOn: '2026-11-01' }
  return { kind: 'handbooks', period: nextMonth(), ...counted }
}

function auditData(): Data {
  const at = '2026-11-23T00:00:00.000Z'
  return { action: 'edit', collection: 'kizuna-manuscripts', documentId: `x${nextNumber()}`, at }
}
