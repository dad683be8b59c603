// Who may do what over the endpoints by which a town reads its numbers and sends: the other half of
// accessMatrix.ts, asked in access.test.ts of each actor, of the own municipality and of another one.
import type { Actor } from './accessMatrix'

type Row = readonly Actor[]

/** What acts are about, each by its id in one municipality. */
export const ACT_PLACE = [
  'town',
  'survey', // a draft of the town
  'told', // a survey of the team that both towns have results of
  'funding',
  'move',
  'source',
  'voice',
  'notice',
  'alert', // asked for by the chief, and waiting
] as const

/** Ids of what an act is about, in one municipality. */
export type ActPlace = Record<(typeof ACT_PLACE)[number], string>

/** The endpoints that this table is of. */
export const ACT_PATHS =
  /^\w+ \/(numbers|surveys|takeout|counter|kizuna-(surveys|alerts|account-moves|funding-reports|voices|sources|audit-log))\//

/** Of these, what no person's role decides, or what another row stands for. */
export const UNASKED = [
  'POST /takeout/part', // by a sealed token alone: test/src/takeout
  'GET /kizuna-sources/:id/qr.png', // as qr.svg
]

interface Asked {
  method: 'GET' | 'POST'
  path: string
  body?: object
}

/** One act; what is sent is wrong in what is looked at only of whoever may. */
export interface Act {
  name: string
  ask: (place: ActPlace) => Asked
  own: Row
  other: Row
  /** Said with 404 or 403 to whoever may, as what was sent is wrong. */
  beyond?: RegExp
}

const get = (path: string): Asked => ({ method: 'GET', path })
const post = (path: string, body: object = {}): Asked => ({ method: 'POST', path, body })

const nobody: Row = []
const town: Row = ['municipal-editor', 'municipal-approver']
const leads: Row = ['chief', 'admin']
const team: Row = ['editor', 'reviewer', ...leads]

const numbers: Act[] = [
  {
    name: 'numbers as a file',
    ask: ({ town: id }) => get(`/numbers/export?format=csv&municipality=${id}`),
    own: [...leads, ...town],
    other: leads,
  },
  {
    name: 'a denominator, of the own town whatever is sent',
    ask: () => post('/numbers/denominators', { ...denominator, count: -1 }),
    own: town,
    other: town,
  },
  {
    name: 'a file of denominators',
    ask: () => post('/numbers/denominators/import'),
    own: town,
    other: town,
  },
  {
    name: 'whom a notice reaches',
    ask: ({ notice }) => get(`/kizuna-add-ons/${notice}/notice`),
    own: [...leads, ...town],
    other: leads,
  },
  {
    name: 'what pausing would take',
    ask: ({ town: id }) => get(`/kizuna-municipalities/${id}/pause-effect`),
    own: ['admin'],
    other: ['admin'],
  },
  {
    name: 'what the DNS said of the sender',
    ask: ({ town: id }) => get(`/kizuna-municipalities/${id}/sender-check`),
    own: [...team, ...town],
    other: team,
  },
  {
    name: 'ask the DNS about the sender',
    ask: ({ town: id }) => post(`/kizuna-municipalities/${id}/sender-check`),
    own: [...team, ...town],
    other: team,
  },
  {
    name: 'the audit log as a file',
    ask: () => get('/kizuna-audit-log/export'),
    own: leads,
    other: leads,
  },
]

const denominator = {
  kind: 'handbooks',
  period: '2026-10',
  source: '集計',
  countedOn: '2026-11-01',
}

const funding: Act[] = [
  {
    name: 'begin a report to a grant',
    ask: ({ town: municipality }) =>
      post('/kizuna-funding-reports/begin', {
        ...{ municipality, fiscalYear: 2040, template: 'user-support' },
      }),
    own: ['chief', ...town],
    other: ['chief'],
  },
  {
    name: 'copy one within its town',
    ask: ({ town: municipality, funding: id }) =>
      post(`/kizuna-funding-reports/${id}/copy`, { municipality, fiscalYear: 2041 }),
    own: ['chief', ...town],
    other: ['chief'],
  },
  {
    name: 'one as a file',
    ask: ({ funding: id }) => get(`/kizuna-funding-reports/${id}/export?format=csv`),
    own: [...leads, ...town],
    other: leads,
  },
]

const surveys: Act[] = [
  {
    name: 'how far a survey is',
    ask: ({ survey }) => get(`/kizuna-surveys/${survey}/status`),
    own: [...team, ...town],
    other: team,
  },
  ...(['submit', 'copy'] as const).map((step) => ({
    name: `${step} a survey`,
    ask: ({ survey }: ActPlace) => post(`/kizuna-surveys/${survey}/${step}`),
    own: ['municipal-editor'] as const,
    other: nobody,
  })),
  {
    name: 'approve a survey',
    ask: ({ survey }) => post(`/kizuna-surveys/${survey}/approve`, { contentHash: 'x' }),
    own: ['municipal-approver'],
    other: nobody,
  },
  {
    name: 'give a survey back',
    ask: ({ survey }) => post(`/kizuna-surveys/${survey}/return`, { note: '直してください' }),
    own: ['municipal-approver'],
    other: nobody,
  },
  ...(['submit', 'approve'] as const).map((step) => ({
    name: `${step} a common survey`,
    ask: ({ told }: ActPlace) => post(`/kizuna-surveys/${told}/${step}`, { contentHash: 'x' }),
    own: [step === 'submit' ? ('editor' as const) : ('chief' as const)],
    other: [step === 'submit' ? ('editor' as const) : ('chief' as const)],
  })),
  {
    name: 'what a survey came to, as a file',
    ask: ({ told, town: id }) =>
      get(`/surveys/export?format=csv&survey=${told}&municipality=${id}`),
    own: [...leads, ...town],
    other: leads,
  },
]

const voices: Act[] = [
  {
    name: 'mark a voice as read',
    ask: ({ voice }) => post(`/kizuna-voices/${voice}/read`),
    own: [...team, ...town],
    other: team,
  },
  {
    name: 'a voice is no quote',
    ask: ({ voice }) => post(`/kizuna-voices/${voice}/quote`, { isQuote: false }),
    own: [...team, ...town],
    other: team,
  },
]

const alerts: Act[] = [
  ...(['preview', 'ask'] as const).map((step) => ({
    name: `${step} an urgent text`,
    ask: ({ town: municipality }: ActPlace) =>
      post(`/kizuna-alerts/${step}`, { municipality, template: 'none', isTraining: true }),
    own: ['chief', ...town] as const,
    other: ['chief'] as const,
    beyond: /ひな形が見つからない/,
  })),
  {
    name: 'send an urgent text that the chief asked for',
    ask: ({ alert }) => post(`/kizuna-alerts/${alert}/send`, { typed: 'none' }),
    own: ['municipal-approver'],
    other: nobody,
  },
  {
    name: 'turn one down that the chief asked for',
    ask: ({ alert }) => post(`/kizuna-alerts/${alert}/decline`, { reason: '' }),
    own: ['municipal-approver'],
    other: nobody,
  },
  ...(['stop', 'correct'] as const).map((step) => ({
    name: `${step} an urgent text`,
    ask: ({ alert }: ActPlace) => post(`/kizuna-alerts/${alert}/${step}`),
    own: ['chief', 'municipal-approver'] as const,
    other: ['chief'] as const,
  })),
  {
    name: 'take one back that the chief asked for',
    ask: ({ alert }) => post(`/kizuna-alerts/${alert}/take-back`),
    own: ['chief'],
    other: ['chief'],
  },
]

const moves: Act[] = [
  {
    name: 'the plan of a move',
    ask: ({ town: id }) => get(`/kizuna-account-moves/plan?municipality=${id}&${nowhere}`),
    own: [...leads, 'municipal-approver'],
    other: leads,
  },
  {
    name: 'propose a move',
    ask: ({ town: municipality }) =>
      post('/kizuna-account-moves/propose', {
        ...{ municipality, from: 'mail', to: 'none', until: '2027-02-01' },
      }),
    own: [...leads, 'municipal-approver'],
    other: leads,
  },
  {
    name: 'take a step of a move',
    ask: ({ move }) => post(`/kizuna-account-moves/${move}/step`, { act: 'pause' }),
    own: [...leads, 'municipal-approver'],
    other: leads,
  },
  {
    name: 'tell how far a move is',
    ask: ({ move }) => post(`/kizuna-account-moves/${move}/tell`, { isRestored: true }),
    own: ['worker'],
    other: ['worker'],
  },
]

const nowhere = 'from=mail&to=none&until=2027-02-01'

const ways: Act[] = [
  {
    name: 'the way to everything',
    ask: ({ town: id }) => post(`/takeout/${id}/entrance`),
    own: ['admin', 'municipal-approver'],
    other: ['admin'],
  },
  {
    name: 'the way to the counter',
    ask: ({ town: id }) => post(`/counter/${id}/entrance`),
    own: ['admin', ...town],
    other: ['admin'],
  },
  {
    name: 'the QR code of a source',
    ask: ({ source }) => get(`/kizuna-sources/${source}/qr.svg`),
    own: [...team, ...town],
    other: team,
  },
]

/** Every act, with whoever may; nobody else may. */
export const ACTS: readonly Act[] = [
  ...[...numbers, ...funding, ...surveys, ...voices],
  ...[...alerts, ...moves, ...ways],
]
