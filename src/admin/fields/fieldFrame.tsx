'use client'

import { FieldDescription, FieldError, FieldLabel } from '@payloadcms/ui'
import type { TextFieldClientProps } from 'payload'
import type { ReactNode } from 'react'

import './input.css'

interface FrameProps {
  props: TextFieldClientProps
  hasError: boolean
  children: ReactNode
  /** Several inputs share the label. */
  isGroup?: boolean
}

/** Label, inputs, error and help of a field of ours, as Payload's own fields have them. */
export function FieldFrame({ props, hasError, children, isGroup = false }: FrameProps) {
  const { path, field } = props
  const { label, required, admin } = field
  const id = `label-${path}`
  return (
    <div className={`field-type kizuna-fill kizuna-input${hasError ? ' error' : ''}`}>
      {isGroup ? (
        <p className="field-label" id={id}>
          {String(label)}
          {required && <span className="required">*</span>}
        </p>
      ) : (
        <FieldLabel label={label} path={path} required={required ?? false} />
      )}
      <div
        className="field-type__wrap"
        {...(isGroup ? { role: 'group', 'aria-labelledby': id } : {})}
      >
        <FieldError path={path} showError={hasError} />
        {children}
      </div>
      <FieldDescription description={admin?.description} path={path} />
    </div>
  )
}
