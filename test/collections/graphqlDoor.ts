import type { Collection } from './accessMatrix'
import { isLive, VERSIONED } from './accessMatrix'
import type { GraphQLAnswer, TestCms } from './cms'
import { opened, type Documents } from './documents'
import { withKept, type Door, type Question } from './restDoor'

/** Names of the types and lists that Payload makes of the slugs. */
const NAMES: Record<Collection, { one: string; many: string }> = {
  users: { one: 'User', many: 'Users' },
  'kizuna-service-accounts': { one: 'KizunaServiceAccount', many: 'KizunaServiceAccounts' },
  'kizuna-municipalities': { one: 'KizunaMunicipality', many: 'KizunaMunicipalities' },
  'kizuna-line-accounts': { one: 'KizunaLineAccount', many: 'KizunaLineAccounts' },
  'kizuna-series': { one: 'KizunaSeries', many: 'allKizunaSeries' },
  'kizuna-manuscripts': { one: 'KizunaManuscript', many: 'KizunaManuscripts' },
  'kizuna-add-ons': { one: 'KizunaAddOn', many: 'KizunaAddOns' },
  'kizuna-media': { one: 'KizunaMedia', many: 'allKizunaMedia' },
  'kizuna-comments': { one: 'KizunaComment', many: 'KizunaComments' },
  'kizuna-review-requests': { one: 'KizunaReviewRequest', many: 'KizunaReviewRequests' },
  'kizuna-schedules': { one: 'KizunaSchedule', many: 'KizunaSchedules' },
  'kizuna-approvals': { one: 'KizunaApproval', many: 'KizunaApprovals' },
  'kizuna-releases': { one: 'KizunaRelease', many: 'KizunaReleases' },
  'kizuna-reports': { one: 'KizunaReport', many: 'KizunaReports' },
  'kizuna-statistics': { one: 'KizunaStatistic', many: 'KizunaStatistics' },
  'kizuna-denominators': { one: 'KizunaDenominator', many: 'KizunaDenominators' },
  'kizuna-audit-log': { one: 'KizunaAuditLog', many: 'KizunaAuditLogs' },
  'kizuna-shared-add-ons': { one: 'KizunaSharedAddOn', many: 'KizunaSharedAddOns' },
  'kizuna-municipality-changes': {
    one: 'KizunaMunicipalityChange',
    many: 'KizunaMunicipalityChanges',
  },
  'kizuna-account-moves': { one: 'KizunaAccountMove', many: 'KizunaAccountMoves' },
  'kizuna-hidden-texts': { one: 'KizunaHiddenText', many: 'KizunaHiddenTexts' },
  'kizuna-sources': { one: 'KizunaSource', many: 'KizunaSources' },
  'kizuna-voices': { one: 'KizunaVoice', many: 'KizunaVoices' },
  'kizuna-alerts': { one: 'KizunaAlert', many: 'KizunaAlerts' },
  'kizuna-surveys': { one: 'KizunaSurvey', many: 'KizunaSurveys' },
  'kizuna-survey-results': { one: 'KizunaSurveyResult', many: 'KizunaSurveyResults' },
  'kizuna-funding-reports': { one: 'KizunaFundingReport', many: 'KizunaFundingReports' },
  'kizuna-alignments': { one: 'KizunaAlignment', many: 'KizunaAlignments' },
}

export function createGraphQLDoor(cms: TestCms, documents: Documents): Door {
  return withKept(documents, async (question) => {
    const { query, variables } = await write(cms, documents, question)
    const answer = await cms.ask({ query, variables, as: question.as })
    return verdict(answer, question)
  })
}

async function write(cms: TestCms, documents: Documents, question: Question) {
  const { collection, target, operation } = question
  const { one, many } = NAMES[collection]
  const draft = VERSIONED.includes(collection) && !isLive(target) ? ', draft: true' : ''
  if (operation === 'create') {
    const data = asEnums(await documents.input(collection, target))
    const query = `mutation ($data: mutation${one}Input!) { it: create${one}(data: $data${draft}) { id } }`
    return { query, variables: { data } }
  }
  if (operation === 'readTrash' || operation === 'restore') {
    const id = await documents.trashed(collection as 'kizuna-manuscripts', target)
    if (operation === 'readTrash') {
      return {
        query: `query ($id: String!) { it: ${one}(id: $id, trash: true) { id } }`,
        variables: { id },
      }
    }
    const query = `mutation ($id: String!) { it: update${one}(id: $id, trash: true, data: { deletedAt: null }) { id } }`
    return { query, variables: { id } }
  }
  const id = await documents.find(collection, target)
  if (operation === 'trash') {
    const query = `mutation ($id: String!) { it: update${one}(id: $id, data: { deletedAt: "2026-11-29T00:00:00.000Z" }) { id } }`
    return { query, variables: { id } }
  }
  if (operation === 'unlock') {
    const { email } = await cms.payload.findByID({ collection: 'users', id })
    const query = `mutation ($email: String!) { it: unlock${one}(email: $email) }`
    return { query, variables: { email } }
  }
  const always = VERSIONED.includes(collection) ? ', draft: true' : ''
  const seen = operation === 'update' ? await opened(cms, collection, id) : {}
  const data = { ...asEnums(documents.change(collection)), ...seen }
  const queries = {
    read: `query ($id: String!) { it: ${one}(id: $id) { id } }`,
    list: `{ it: ${many}(where: { id: { equals: "${id}" } }) { docs { id } } }`,
    update: `mutation ($id: String!, $data: mutation${one}UpdateInput!) { it: update${one}(id: $id, data: $data${always}) { id } }`,
    delete: `mutation ($id: String!) { it: delete${one}(id: $id) { id } }`,
    readVersions: `{ it: versions${many}(where: { parent: { equals: "${id}" } }) { docs { id } } }`,
  }
  const needs = { read: { id }, list: {}, update: { id, data }, delete: { id }, readVersions: {} }
  return { query: queries[operation], variables: needs[operation] }
}

function verdict(answer: GraphQLAnswer, { collection, operation }: Question): string {
  const { data, statuses, messages } = answer
  if (statuses.length > 0) {
    if (statuses.every((status) => [401, 403, 404].includes(status))) return 'refused'
    // Files cannot be sent this way: whoever gets as far as the missing file was let in.
    if (collection === 'kizuna-media' && operation === 'create' && statuses[0] === 400)
      return 'allowed'
    return `${statuses.join()} ${messages.join()}`
  }
  const it = data?.it as { docs?: unknown[] } | null | undefined
  return it && it.docs?.length !== 0 ? 'allowed' : 'refused'
}

/** GraphQL names have no hyphens: Payload writes enum values with underscores. */
function asEnums(data: object): object
function asEnums(data: unknown, key?: string): unknown
function asEnums(data: unknown, key = ''): unknown {
  if (Array.isArray(data)) return data.map((entry) => asEnums(entry, key))
  if (typeof data === 'object' && data !== null) {
    return Object.fromEntries(
      Object.entries(data).map(([name, value]) => [name, asEnums(value, name)]),
    )
  }
  const isEnum = ['kizunaRoles', 'relationTo', 'collection', 'mailAfterCrash'].includes(key)
  return isEnum && typeof data === 'string' ? data.replaceAll('-', '_') : data
}
