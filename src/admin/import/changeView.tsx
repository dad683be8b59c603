'use client'

import { useState } from 'react'

import type { FieldChange } from '../../import/changes'
import { letterDifferenceOf } from '../../review/rules/difference'
import { Marked } from '../review/inbox/marked'
import './import.css'

/** A text this long is compared only when somebody opens it. */
const SHORT = 200

/**
 * One changed field, what went and what came in its place; letter by letter, because server and
 * browser need not agree on where a word ends.
 */
export function ChangeView({ change: { label, before, after } }: { change: FieldChange }) {
  const isShort = before.length + after.length < SHORT
  const [isOpen, setOpen] = useState(isShort)
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{label}</summary>
      {isOpen && (
        <p className="kizuna-import__diff">
          <Marked parts={letterDifferenceOf(before, after)} />
        </p>
      )}
    </details>
  )
}
