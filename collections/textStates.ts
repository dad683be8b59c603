import type { CollectionConfig, Field } from 'payload'

import { textStatesAccess } from '../src/people/access'
import { INSERT_ONLY } from '../src/fields/readOnly'
import { TEXT_STATES, type TextState } from '../src/review/queries/textState'

/** What a state depends on besides its standing. */
const MOVED_BY_TIME = ['validTo', 'validFrom', 'reviewDueAt']

/**
 * Where each text stands, derived from it, its verdicts, releases and conversations (see
 * src/review/queries/textState.ts). Nobody reads or writes it from outside; a start that
 * finds one missing, or derived by other rules, derives them all anew.
 */
export function createTextStates(): CollectionConfig {
  return {
    slug: TEXT_STATES,
    labels: { singular: '原稿の状態', plural: '原稿の状態' },
    access: textStatesAccess,
    admin: { hidden: true, useAsTitle: 'key' },
    defaultSort: 'order',
    timestamps: false,
    graphQL: false,
    endpoints: false,
    ...INSERT_ONLY,
    indexes: [
      { fields: ['contentKind', 'order'] },
      { fields: ['contentKind', 'municipality', 'order'] },
      { fields: ['contentKind', 'series', 'edition', 'order'] },
      // which slots are taken is told by the keys
      { fields: ['contentKind', 'series', 'edition', 'slot'] },
      { fields: ['contentKind', 'standing', 'order'] },
      // counts of a state at a moment look at no document
      { fields: ['contentKind', 'standing', ...MOVED_BY_TIME] },
      { fields: ['contentKind', 'municipality', 'standing', ...MOVED_BY_TIME] },
      { fields: ['contentKind', '_status', 'standing', ...MOVED_BY_TIME] },
      { fields: ['contentKind', 'standing', 'lacking'] },
      { fields: ['contentKind', 'reviewDueAt', 'standing'] },
      { fields: ['contentKind', 'openComments'] },
      { fields: ['contentKind', 'pairs'] },
    ],
    fields: Object.entries(FIELDS).map(([name, kind]) => fieldOf(name, kind)),
  }
}

type Kind = 'text' | 'key' | 'indexed' | 'texts' | 'indexedTexts' | 'number' | 'checkbox'

const FIELDS: Record<keyof TextState, Kind> = {
  key: 'key',
  order: 'key',
  contentKind: 'text',
  _status: 'text',
  document: 'text',
  title: 'text',
  slot: 'text',
  slotLabel: 'text',
  edition: 'text',
  series: 'text',
  municipality: 'text',
  standing: 'text',
  validFrom: 'text',
  validTo: 'text',
  reviewDueAt: 'text',
  lacking: 'texts',
  given: 'texts',
  hasAllApprovals: 'checkbox',
  authors: 'indexedTexts',
  writers: 'indexedTexts',
  askers: 'indexedTexts',
  askedAs: 'texts',
  openComments: 'number',
  mentioned: 'indexedTexts',
  reviewRequests: 'texts',
  reviewers: 'indexedTexts',
  requesters: 'indexedTexts',
  requestsDue: 'indexed',
  publishAt: 'indexed',
  scheduleRefusal: 'indexed',
  sinceReview: 'text',
  sincePublish: 'text',
  sinceRevise: 'text',
  savedAt: 'text',
  letters: 'text',
  pairs: 'texts',
  rules: 'indexed',
}

function fieldOf(name: string, kind: Kind): Field {
  const admin = { hidden: true, disableListColumn: true, disableListFilter: true }
  if (kind === 'number') return { name, type: 'number', admin }
  if (kind === 'checkbox') return { name, type: 'checkbox', admin }
  if (kind === 'texts') return { name, type: 'text', hasMany: true, admin }
  if (kind === 'indexedTexts') return { name, type: 'text', hasMany: true, index: true, admin }
  return { name, type: 'text', unique: kind === 'key', index: kind === 'indexed', admin }
}
