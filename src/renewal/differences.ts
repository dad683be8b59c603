import type { PayloadRequest } from 'payload'

import { asStored } from '../cms/stored'
import type { FieldChange } from '../import/changes'
import type { ManuscriptContent } from '../release/content'
import { findLastPublications, releaseKey } from '../release/findReleases'
import { freezeManuscript, type StoredDocument } from '../review/rules/freeze'
import { isSameText } from '../review/rules/sameText'
import { PICTURE_LABEL, pictureWords } from '../review/rules/reviewedFields'
import type { BoardRow } from './board'

/** What readers see of a manuscript, as the form calls it. */
const LABELS = {
  subject: 'メールの件名',
  body: '本文',
  slot: '配信日',
  edition: '版',
  kind: '種類',
  ageBasis: '月齢の数え方',
  monthRule: '月の数え方',
  theme: '読者が断れる話題',
} as const

/** What differs from what readers get of the original now, by the new text's id. */
export async function loadDifferences(
  req: PayloadRequest,
  rows: readonly BoardRow[],
): Promise<Map<string, FieldChange[]>> {
  const others = rows.filter(({ standing }) => ['changed', 'originChanged'].includes(standing))
  const ids = others.flatMap(({ id }) => id ?? [])
  if (ids.length === 0) return new Map()
  const { docs } = await req.payload.find({
    collection: 'kizuna-manuscripts',
    where: { id: { in: ids } },
    draft: true,
    depth: 0,
    pagination: false,
    req,
    overrideAccess: false,
  })
  const originals = await findReleased(
    req,
    others.flatMap(({ origin }) => origin ?? []),
  )
  const originOf = new Map(others.map(({ id, origin }) => [id, origin ?? '']))
  return new Map(
    docs.flatMap((document) => {
      const before = originals.get(originOf.get(document.id) ?? '')
      const after = freezeManuscript(asStored<StoredDocument>(document), '')
      return before ? [[document.id, differences(before, after)] as const] : []
    }),
  )
}

/** The fields in which two contents differ, the series left out. *Pure.* */
export function differences(before: ManuscriptContent, after: ManuscriptContent): FieldChange[] {
  const fields = (Object.keys(LABELS) as (keyof typeof LABELS)[]).map((field) => ({
    field,
    label: LABELS[field],
    before: before[field] ?? '',
    after: after[field] ?? '',
  }))
  const [old, now] = [before, after].map(pictureWords)
  const picture = { field: 'picture', label: PICTURE_LABEL, before: old ?? '', after: now ?? '' }
  return [...fields, picture].filter((change) => !isSameText(change.before, change.after))
}

async function findReleased(
  req: PayloadRequest,
  origins: readonly string[],
): Promise<Map<string, ManuscriptContent>> {
  const keys = new Map(origins.map((origin) => [releaseKey('kizuna-manuscripts', origin), origin]))
  const published = await findLastPublications(req, {
    where: { key: { in: [...keys.keys()] } },
    fields: ['content'],
    overrideAccess: true,
  })
  return new Map(
    published.flatMap(({ key, content }) =>
      content.type === 'manuscript' ? [[keys.get(key) ?? '', content] as const] : [],
    ),
  )
}
