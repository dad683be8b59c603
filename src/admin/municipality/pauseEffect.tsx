'use client'

import { useDocumentInfo, useFormFields } from '@payloadcms/ui'

import { useAnswer } from '../api/useAnswer'
import { useHasRole } from '../people/useHasRole'
import { isPaused } from './isPaused'
import './municipality.css'

/** How long the person must have stopped typing. */
const PAUSE_MS = 300

/**
 * How many texts and readers fall away, beside the reason that is asked for, for who decides it; and
 * once it is saved, that the deliveries stand still.
 */
export function PauseEffect() {
  const { id, initialData, savedDocumentData } = useDocumentInfo()
  const until = useFormFields(([fields]) => fields.pausedUntil?.value)
  const isAdmin = useHasRole('admin')
  const isResting = isPaused({ id, initialData, savedDocumentData })
  const query = typeof until === 'string' && until ? `?until=${encodeURIComponent(until)}` : ''
  const effect = useAnswer<{ sentences: string[] }>({
    path: isAdmin && !isResting && id ? `/kizuna-municipalities/${id}/pause-effect${query}` : null,
    pauseMs: PAUSE_MS,
  })
  const sentences = isResting ? ['いまお休みしています。'] : (effect?.sentences ?? [])
  if (sentences.length === 0) return null
  return (
    <div
      role="status"
      aria-label={isResting ? 'いまの配信' : '届かなくなるもの'}
      className="kizuna-municipality__pause field-type"
    >
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  )
}
