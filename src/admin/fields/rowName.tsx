'use client'

import { useRowLabel } from '@payloadcms/ui'

/** The name of an array's row as its heading, its number until it has one. */
export function RowName() {
  const { data, rowNumber = 0 } = useRowLabel<{ name?: string; title?: string }>()
  return <span>{data?.name || data?.title || `${rowNumber + 1} 番目`}</span>
}
