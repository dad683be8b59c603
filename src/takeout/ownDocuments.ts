import type { CollectionSlug, Payload } from 'payload'

import { USERS } from '../people/roles'
import { peopleIn } from '../people/usersSlug'

/** A collection of which an archive has what is a municipality's own. */
export interface OwnDocuments {
  slug: CollectionSlug
  /** Path of the municipality in a document. */
  of: 'id' | 'municipality' | 'kizunaMunicipality'
  /** Its former versions are taken too. */
  hasVersions?: true
  /** The only fields that are taken; left out, all that whoever takes may read. */
  only?: readonly string[]
  /** Where it is brought into another installation; absent: the archive alone keeps it. */
  isBrought?: true
}

/** What of the CMS is a municipality's own, in the order in which it is brought. */
export const OWN_DOCUMENTS: readonly OwnDocuments[] = [
  { slug: 'kizuna-municipalities', of: 'id', isBrought: true },
  { slug: 'kizuna-media', of: 'municipality', isBrought: true },
  { slug: 'kizuna-add-ons', of: 'municipality', hasVersions: true, isBrought: true },
  { slug: 'kizuna-approvals', of: 'municipality', isBrought: true },
  { slug: 'kizuna-comments', of: 'municipality', isBrought: true },
  { slug: 'kizuna-review-requests', of: 'municipality' },
  { slug: 'kizuna-schedules', of: 'municipality' },
  { slug: 'kizuna-releases', of: 'municipality' },
  { slug: 'kizuna-municipality-changes', of: 'municipality' },
  { slug: 'kizuna-hidden-texts', of: 'municipality' },
  { slug: 'kizuna-shared-add-ons', of: 'municipality' },
  { slug: 'kizuna-sources', of: 'municipality', isBrought: true },
  { slug: 'kizuna-denominators', of: 'municipality', isBrought: true },
  { slug: 'kizuna-statistics', of: 'municipality', isBrought: true },
  { slug: 'kizuna-reports', of: 'municipality', isBrought: true },
  { slug: 'kizuna-surveys', of: 'municipality', isBrought: true },
  { slug: 'kizuna-survey-results', of: 'municipality', isBrought: true },
  { slug: 'kizuna-funding-reports', of: 'municipality', isBrought: true },
  { slug: 'kizuna-voices', of: 'municipality' },
  { slug: 'kizuna-alerts', of: 'municipality' },
  { slug: 'kizuna-account-moves', of: 'municipality' },
  { slug: USERS, of: 'kizunaMunicipality', only: ['kizunaName', 'email', 'kizunaRoles'] },
]

/** Why an archive has nothing of the other collections. */
export const NOT_OWN: Readonly<Partial<Record<CollectionSlug, string>>> = {
  'kizuna-manuscripts': '監修チームの原稿です。',
  'kizuna-series': '監修チームのシリーズです。',
  'kizuna-alignments': '監修チームの原稿の、やさしい日本語との対応です。',
  'kizuna-line-accounts': '鍵が入っているので、移った先で新しく登録します。',
  'kizuna-second-factors': '本人だけの鍵です。',
  'kizuna-service-accounts': 'このしくみのプログラムの鍵です。',
  'kizuna-audit-log':
    'このしくみ全体の操作の記録です。自治体の文の承認・版・コメントは、それぞれのファイルにあります。',
  'kizuna-text-states': '原稿から、いつでも作り直されます。',
  'kizuna-link-checks': 'リンクの確かめの結果で、いつでも調べ直せます。',
}

/** Slug of a collection in a running CMS: a host's people may have another one. *Pure.* */
export function slugIn(payload: Pick<Payload, 'config'>, { slug }: OwnDocuments) {
  return slug === USERS ? peopleIn(payload) : slug
}

/** Where an archive has the documents of a collection. *Pure.* */
export function documentsPath(collection: CollectionSlug): string {
  return `cms/${collection}.ndjson`
}

/** Where an archive has their former versions. *Pure.* */
export function versionsPath(collection: CollectionSlug): string {
  return `cms/${collection}.versions.ndjson`
}

/** Where an archive has the file of a picture, by its name. *Pure.* */
export function picturePath(filename: string): string {
  return `cms/pictures/${filename}`
}

/** Where an archive explains the fields of the CMS's documents. */
export const CMS_FIELDS_PATH = 'cms/fields.csv'
