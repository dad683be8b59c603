import type { PayloadRequest } from 'payload'

import { asStored } from '../../cms/stored'
import { findNamesWithRoles } from '../../people/names'
import { japaneseMoment } from '../../stage/japaneseDate'
import type { ReviewTarget } from '../operations/act'
import type { StoredDocument } from '../rules/freeze'

/** A version of a document, and its name in words: when, by whom, and whether it went out. */
export interface NamedVersion {
  id: string
  /** 「2026年11月29日(日) 9:12」, Japan's time. */
  at: string
  /** 「佐藤(編集)」; of what no person saved, 「プログラム」. */
  who: string
  isPublication: boolean
  /** All of it: 「2026年11月29日(日) 9:12 に佐藤(編集)が保存した版」. */
  name: string
}

interface VersionRow {
  id: string
  updatedAt: string
  version: StoredDocument
}

/** As much as the person may read, with who saved it. */
const asReader = (req: PayloadRequest) =>
  ({
    pagination: false,
    depth: 0,
    overrideAccess: false,
    showHiddenFields: true,
    req,
  }) as const

const PROGRAM = 'プログラム'

/** All versions of a document that the person may read, the newest first. */
export async function findVersions(
  req: PayloadRequest,
  { collection, id }: ReviewTarget,
): Promise<NamedVersion[]> {
  const found = await req.payload.findVersions({
    collection,
    where: { parent: { equals: id } },
    sort: '-updatedAt',
    select: { updatedAt: true, version: { savedBy: true, _status: true } } as never,
    ...asReader(req),
  })
  const rows = asStored<VersionRow[]>(found.docs)
  const savers = rows.map(({ version }) => version.savedBy).filter((one) => typeof one === 'string')
  const nameOf = await findNamesWithRoles(req, savers)
  return rows.map(({ id: own, updatedAt, version: { savedBy, _status } }) => {
    const who = typeof savedBy === 'string' && savedBy !== '' ? nameOf(savedBy) : PROGRAM
    const isPublication = _status === 'published'
    const at = japaneseMoment(updatedAt)
    const name = `${at} に${who}が${isPublication ? '公開' : '保存'}した版`
    return { id: own, at, who, isPublication, name }
  })
}

/** Versions as a whole, by their ids, as far as the person may read them. */
export async function findVersionTexts(
  req: PayloadRequest,
  { collection, id: parent }: ReviewTarget,
  ids: readonly string[],
): Promise<Map<string, StoredDocument>> {
  if (ids.length === 0) return new Map()
  const found = await req.payload.findVersions({
    collection,
    where: { and: [{ parent: { equals: parent } }, { id: { in: [...ids] } }] },
    ...asReader(req),
  })
  const rows = asStored<VersionRow[]>(found.docs)
  return new Map(rows.map(({ id, version }) => [id, { ...version, id: parent }]))
}
