'use client'

import { useDocumentInfo, useFormFields } from '@payloadcms/ui'

import { useAnswer } from '../api/useAnswer'
import { useHasRole } from '../people/useHasRole'
import './municipality.css'

/** How long the person must have stopped typing. */
const PAUSE_MS = 300

/** How many texts and readers fall away, beside the reason that is asked for; for who decides it. */
export function PauseEffect() {
  const { id, initialData } = useDocumentInfo()
  const until = useFormFields(([fields]) => fields.pausedUntil?.value)
  const isAdmin = useHasRole('admin')
  const isBeginning = isAdmin && id !== undefined && initialData?.isActive !== false
  const query = typeof until === 'string' && until ? `?until=${encodeURIComponent(until)}` : ''
  const effect = useAnswer<{ sentences: string[] }>({
    path: isBeginning ? `/municipalities/${id}/pause-effect${query}` : null,
    pauseMs: PAUSE_MS,
  })
  if (!effect) return null
  return (
    <div
      role="status"
      aria-label="届かなくなるもの"
      className="kizuna-municipality__pause field-type"
    >
      {effect.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  )
}
