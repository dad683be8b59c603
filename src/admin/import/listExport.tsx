'use client'

import { useAuth, useListQuery } from '@payloadcms/ui'
import { usePathname } from 'next/navigation'

import { canExport } from '../../people/roles'
import { isContentCollection, namesOfCollection } from '../../release/contentKind'
import { useApiAddress } from '../api/useApi'
import { personOf } from '../people/useHasRole'

/** Takes what a list of texts shows, on all its pages and as it is narrowed, into an Excel book. */
export function ListExport() {
  const { collectionSlug, data, query } = useListQuery()
  const addressOf = useApiAddress()
  const path = usePathname()
  const { user } = useAuth()
  if (!isContentCollection(collectionSlug) || path.endsWith('/trash') || !data?.totalDocs)
    return null
  const { sheet } = namesOfCollection(collectionSlug)
  if (!canExport(personOf(user), sheet)) return null
  const { where, search } = query
  const asked = new URLSearchParams({
    kind: sheet,
    format: 'xlsx',
    ...(search && { search }),
    ...(where && { where: JSON.stringify(where) }),
  })
  return (
    <p className="kizuna-texts__export">
      <a href={addressOf(`/sheets/export?${asked.toString()}`)} download>
        この {data.totalDocs.toLocaleString('ja-JP')} 件を Excel ブックに書き出す
      </a>
    </p>
  )
}
