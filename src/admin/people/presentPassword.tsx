'use client'

import { useAuth, useDocumentInfo, useField } from '@payloadcms/ui'
import type { TextFieldClientProps } from 'payload'

import { FieldFrame } from '../fields/fieldFrame'

/** The present password, asked of who changes their own address or password; of nobody else. */
export function PresentPassword(props: TextFieldClientProps) {
  const { path } = props
  const { id } = useDocumentInfo()
  const { user } = useAuth()
  const { value, setValue, showError } = useField<string>({ path })
  if (id === undefined || String(user?.id) !== String(id)) return null
  return (
    <FieldFrame props={{ ...props, field: { ...props.field, admin: ASKED } }} hasError={showError}>
      <input
        id={`field-${path}`}
        type="password"
        autoComplete="current-password"
        value={value ?? ''}
        onChange={(event) => setValue(event.target.value)}
      />
    </FieldFrame>
  )
}

const ASKED = {
  description:
    'メールアドレスかパスワードを変えるときだけ入れてください。変えると、ほかの場所でのログインは終わります。',
}
