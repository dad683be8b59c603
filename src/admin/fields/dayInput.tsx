'use client'

import { useField } from '@payloadcms/ui'
import type { TextFieldClientProps } from 'payload'

import { FieldFrame } from './fieldFrame'

/** A calendar day, picked or typed, stored as `YYYY-MM-DD`. */
export function DayInput(props: TextFieldClientProps) {
  const { path } = props
  const { value, setValue, showError, disabled } = useField<string>({ path })
  return (
    <FieldFrame props={props} hasError={showError}>
      <input
        id={`field-${path.replaceAll('.', '__')}`}
        type="date"
        max="2999-12-31"
        value={value ?? ''}
        disabled={Boolean(disabled || props.readOnly)}
        onChange={(event) => setValue(event.target.value)}
      />
    </FieldFrame>
  )
}
