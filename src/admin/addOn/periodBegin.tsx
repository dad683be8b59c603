'use client'

import { useFormFields } from '@payloadcms/ui'
import type { TextFieldClientProps } from 'payload'

import { DayInput } from '../fields/dayInput'

/** The day a period begins; of a notice, the one day it goes out. */
export function PeriodBegin(props: TextFieldClientProps) {
  const isNotice = useFormFields(([fields]) => fields.timing?.value === 'notice')
  if (!isNotice) return <DayInput {...props} />
  const { field } = props
  const admin = {
    ...field.admin,
    description: 'この日の、下の時刻に送ります。あしたか、それより後の日を選びます。',
  }
  return <DayInput {...props} field={{ ...field, label: '送る日', required: true, admin }} />
}
