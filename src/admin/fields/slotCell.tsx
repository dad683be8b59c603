'use client'

import type { DefaultCellComponentProps } from 'payload'

import { readSlot } from '../../fields/slotField'
import { slotLabel } from '../../stage/slot'

/** A slot code in a list, in words. */
export function SlotCell({ cellData }: Pick<DefaultCellComponentProps, 'cellData'>) {
  const slot = readSlot(cellData)
  return <span>{slot ? slotLabel(slot) : String(cellData ?? '—')}</span>
}
