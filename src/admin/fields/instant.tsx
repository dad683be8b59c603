'use client'

import { useField } from '@payloadcms/ui'
import type { DateFieldClientProps, DefaultCellComponentProps } from 'payload'

import { dayLabel, japaneseDayOf, japaneseMoment } from '../../stage/japaneseDate'
import { StoredFrame } from '../stored/storedFrame'

/** An instant in a list, in Japan's time whatever the browser's zone. */
export function InstantCell({ cellData }: Pick<DefaultCellComponentProps, 'cellData'>) {
  return <span className="kizuna-instant">{reading(cellData, japaneseMoment)}</span>
}

/** The day in Japan of an instant in a list. */
export function InstantDayCell({ cellData }: Pick<DefaultCellComponentProps, 'cellData'>) {
  return <span className="kizuna-instant">{reading(cellData, japaneseDayOf)}</span>
}

/** A calendar day in a list. */
export function DayCell({ cellData }: Pick<DefaultCellComponentProps, 'cellData'>) {
  return <span className="kizuna-instant">{reading(cellData, dayLabel)}</span>
}

/** A stored instant in a form that nobody writes in; Payload's picker shows the browser's zone. */
export function StoredInstant({ field, path }: DateFieldClientProps) {
  const { value } = useField<string>({ path })
  return (
    <StoredFrame field={field} path={path}>
      <p>{reading(value, japaneseMoment)}</p>
    </StoredFrame>
  )
}

function reading(value: unknown, inWords: (stored: string) => string): string {
  return (typeof value === 'string' && inWords(value)) || '—'
}
