'use client'

import { useFormFields } from '@payloadcms/ui'
import { useEffect, useState } from 'react'

import { relatedId } from '../../cms/relation'
import { useApi } from '../api/useApi'

/** What a form of an add-on asks of the municipality it is of. */
export interface FormTown {
  areas?: { name: string }[] | null
  editions?: string[] | null
}

/** The municipality of the form's document; null until it is there, empty where it cannot be read. */
export function useTown(): FormTown | null {
  const municipality = useFormFields(([fields]) => relatedId(fields.municipality?.value))
  const { ask } = useApi()
  const [town, setTown] = useState<FormTown | null>(null)
  useEffect(() => {
    if (municipality === null) return
    void ask<FormTown>(`/kizuna-municipalities/${municipality}?depth=0`).then((answer) => {
      setTown(answer.isDone ? answer.body : {})
    })
  }, [ask, municipality])
  return town
}
