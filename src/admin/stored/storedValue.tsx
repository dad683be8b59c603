'use client'

import { useField } from '@payloadcms/ui'
import type { JSONFieldClientProps } from 'payload'

import { StoredFrame } from './storedFrame'
import { meaningOf, readingOf, wordFor } from './storedWords'

/**
 * Stored data to be read by people. Payload's own JSON field is an editor that the browser would
 * fetch from the internet.
 */
export function StoredValue({ field, path }: JSONFieldClientProps) {
  const { value } = useField<unknown>({ path })
  return (
    <StoredFrame field={field} path={path}>
      <Part value={value} />
    </StoredFrame>
  )
}

function Part({ value }: { value: unknown }) {
  if (Array.isArray(value)) return <Rows rows={value} />
  if (typeof value === 'object' && value !== null) return <Table entries={Object.entries(value)} />
  return <p>{readingOf((value ?? null) as string | number | boolean | null)}</p>
}

function Rows({ rows }: { rows: unknown[] }) {
  if (rows.length === 0) return <p>—</p>
  return (
    <ol>
      {rows.map((row, index) => (
        <li key={index}>
          <Part value={row} />
        </li>
      ))}
    </ol>
  )
}

function Table({ entries }: { entries: [string, unknown][] }) {
  if (entries.length === 0) return <p>—</p>
  return (
    <dl>
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{wordFor(name)}</dt>
          <dd>
            <Part value={value} />
            {meaningOf(name) !== '' && <p className="kizuna-panel__hint">{meaningOf(name)}</p>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
