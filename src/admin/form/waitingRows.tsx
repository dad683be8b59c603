'use client'

import { useAllFormFields } from '@payloadcms/ui'
import type { FormState, Row } from 'payload'
import { useEffect, useRef } from 'react'

/** Longer than Payload waits after a change (250 ms) and a server that is not busy takes. */
const FIRST_MS = 1000
/** Waits double up to 16 s: a server that cannot answer is not asked every second. */
const MAX_DOUBLINGS = 4

/**
 * Asks again for the fields of a new row that do not come. Payload takes each answer of its server
 * for the state it has asked with (MERGE_SERVER_STATE sets `prevFormState`); so it never asks for a
 * row that was added less than 250 ms before the answer to something else, e.g. to a heading that
 * was typed, and the row stays grey. Every change of the form makes it ask: this makes a small one.
 */
export function WaitingRows() {
  const [fields, dispatchFields] = useAllFormFields()
  const asked = useRef(0)
  useEffect(() => {
    const waiting = waitingFields(fields)
    if (waiting.length === 0) {
      asked.current = 0
      return
    }
    const ask = () => {
      asked.current += 1
      for (const { path, rows } of waiting) {
        dispatchFields({ type: 'SET_ALL_ROWS_COLLAPSED', path, updatedRows: rows.map(touched) })
      }
    }
    const timer = setTimeout(ask, FIRST_MS * 2 ** Math.min(asked.current, MAX_DOUBLINGS))
    return () => clearTimeout(timer)
  }, [fields, dispatchFields])
  return null
}

/** Lists with a row whose fields have not come from the server. *Pure.* */
function waitingFields(fields: FormState): { path: string; rows: Row[] }[] {
  return Object.entries(fields).flatMap(([path, { rows = [] }]) =>
    rows.some(({ isLoading }) => isLoading) ? [{ path, rows }] : [],
  )
}

/** Another row for Payload's comparison that means the same: rendered nowhere yet. *Pure.* */
function touched(row: Row): Row {
  if (!row.isLoading) return row
  const { lastRenderedPath, ...rest } = row
  return lastRenderedPath === undefined ? { ...rest, lastRenderedPath: '' } : rest
}
