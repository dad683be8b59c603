'use client'

import { useFormFields, useFormInitializing } from '@payloadcms/ui'
import { useEffect } from 'react'

/**
 * In the form of a new account: nobody types another's password. Payload's form wants one, so it gets
 * one that nobody knows; the style sheet takes its two fields away.
 */
export function NewAccountNote() {
  const dispatch = useFormFields(([, dispatchFields]) => dispatchFields)
  const password = useFormFields(([fields]) => fields.password)
  const isFilling = useFormInitializing()
  useEffect(() => {
    // Payload empties the form while it begins: so it is looked at again whenever the field changes.
    if (isFilling || password?.value) return
    const value = unknownPassword()
    for (const path of ['password', 'confirm-password']) {
      dispatch({ type: 'UPDATE', path, value, valid: true })
    }
  }, [dispatch, isFilling, password])
  return (
    <section className="kizuna-panel kizuna-panel--new-account" aria-label="招待">
      <p>
        パスワードは、ご本人が決めます。保存したあとに「招待のメールを送る」を押すと、役割とリンク(7
        日間・1 回)が届きます。
      </p>
    </section>
  )
}

const BYTES = 32

function unknownPassword(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES))
  return [...bytes].map((byte) => String.fromCodePoint(0x61 + (byte % 26))).join('')
}
