'use client'

import { FieldDescription, FieldLabel } from '@payloadcms/ui'
import type { DateFieldClientProps, JSONFieldClientProps } from 'payload'
import type { ReactNode } from 'react'

interface FrameProps {
  field: (DateFieldClientProps | JSONFieldClientProps)['field']
  path: string
  children: ReactNode
}

/** A stored field that nobody writes in: its label, what is stored, its help. */
export function StoredFrame({ field: { label, admin }, path, children }: FrameProps) {
  const description = admin?.description
  return (
    <div className="field-type kizuna-stored">
      <FieldLabel label={label} />
      {children}
      {description && <FieldDescription description={description} path={path} />}
    </div>
  )
}
