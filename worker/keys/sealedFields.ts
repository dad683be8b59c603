import type { Collection, Db, Document } from 'mongodb'

import { ANSWER_CONTEXT, BANDS_CONTEXT } from '../survey/sealed'
import { DOMAIN_CONTEXT } from '../bounce/hardBounces'
import { SYNCED_SECRET_CONTEXT } from '../content/store'
import { REGISTRATION_CONTEXT } from '../readers/confirmation'
import { CONTACT_CONTEXT } from '../readers/contactChange'
import { contextOfIdentity } from '../readers/identity'
import { FORM_CONTEXT } from '../readers/keptForm'
import type { Identity } from '../readers/reader'
import { readerCollections } from '../readers/collections'
import { surveyCollections } from '../survey/collections'

/** A document with something sealed in it, as far as it is read. */
export type SealedDocument = Document & { _id: string }

/** A field of the delivery database that holds something sealed. */
export interface SealedField {
  /** As {@link KEPT_PLACES} names it. */
  collection: string
  field: string
  /** The list it is in each element of; absent where it is one. */
  list?: string
  /** Contexts it may have been sealed with; `holder` is the document, or the element of the list. */
  contextsOf: (holder: Document) => readonly string[]
}

/** Every field with something sealed; a test compares them with the table of all places. */
export const SEALED_FIELDS: readonly SealedField[] = [
  {
    collection: 'readers',
    field: 'identities.sealed',
    list: 'identities',
    contextsOf: (identity) => [contextOfIdentity(identity as Identity)],
  },
  one('confirmations', 'sealed', REGISTRATION_CONTEXT, CONTACT_CONTEXT),
  one('keptForms', 'sealed', FORM_CONTEXT),
  one('bounces', 'hard.sealedDomain', DOMAIN_CONTEXT),
  one('synced_settings', 'value.channelSecret', SYNCED_SECRET_CONTEXT),
  one('synced_settings', 'value.login.channelSecret', SYNCED_SECRET_CONTEXT),
  one('surveyTokens', 'sealed', BANDS_CONTEXT),
  one('surveyAnswers', 'sealed', ANSWER_CONTEXT),
]

/** The collection of a field. */
export function collectionOf(db: Db, { collection }: SealedField): Collection<SealedDocument> {
  const { readers, confirmations, keptForms, bounces } = readerCollections(db)
  const { tokens: surveyTokens, answers: surveyAnswers } = surveyCollections(db)
  const settings = db.collection<SealedDocument>('synced_settings')
  const people = { readers, confirmations, keptForms, bounces }
  const all = { ...people, surveyTokens, surveyAnswers, synced_settings: settings }
  return all[collection as keyof typeof all] as unknown as Collection<SealedDocument>
}

/** One sealed value of a document. */
export interface SealedValue {
  sealed: string
  contexts: readonly string[]
  /** Meets the document only as long as it has this value: nothing that came meanwhile is lost. */
  still: Document
  /** What a new value is written to. */
  path: string
}

/** What a document has sealed in a field; what was forgotten is none. *Pure.* */
export function valuesOf(of: SealedField, document: SealedDocument): SealedValue[] {
  const { field, list, contextsOf } = of
  const { _id } = document
  if (list === undefined) {
    const sealed = valueAt(document, field)
    if (!isValue(sealed)) return []
    return [
      { sealed, contexts: contextsOf(document), still: { _id, [field]: sealed }, path: field },
    ]
  }
  const name = field.slice(list.length + 1)
  const elements = (document[list] ?? []) as Document[]
  return elements.flatMap((element) => {
    const sealed: unknown = element[name]
    if (!isValue(sealed)) return []
    const still = { _id, [list]: { $elemMatch: { [name]: sealed } } }
    return [{ sealed, contexts: contextsOf(element), still, path: `${list}.$.${name}` }]
  })
}

function valueAt(document: Document, field: string): unknown {
  return field
    .split('.')
    .reduce<unknown>((value, name) => (value as Document | null | undefined)?.[name], document)
}

function isValue(sealed: unknown): sealed is string {
  return typeof sealed === 'string' && sealed !== ''
}

function one(collection: string, field: string, ...contexts: string[]): SealedField {
  return { collection, field, contextsOf: () => contexts }
}
