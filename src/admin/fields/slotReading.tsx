'use client'

import { useFormFields } from '@payloadcms/ui'

import { parseSlot, slotLabel } from '../../stage/slot'

/** Says back in words what was typed as a slot, so that a slip is seen before it is saved. */
export function SlotReading({ path }: { path: string }) {
  const value = useFormFields(([fields]) => fields[path]?.value)
  const reading = read(value)
  if (reading === null) return null
  return <p className="kizuna-slot-reading">→ {reading}</p>
}

function read(value: unknown): string | null {
  if (typeof value !== 'string' || !value.trim()) return null
  try {
    return slotLabel(parseSlot(value))
  } catch {
    return null // the field's own check says what is wrong
  }
}
