'use client'

import { useField, useFormFields } from '@payloadcms/ui'
import type { TextFieldClientProps } from 'payload'
import { useEffect, useState } from 'react'

import { relatedId } from '../../cms/relation'
import { useApi } from '../api/useApi'
import { FieldFrame } from '../fields/fieldFrame'
import './addOn.css'

/** The municipality's own areas, to be ticked; none ticked is everywhere. */
export function AreaChoice(props: TextFieldClientProps) {
  const { path } = props
  const { value, setValue, showError, disabled } = useField<string[]>({ path })
  const areas = useAreas()
  const chosen = value ?? []
  const gone = chosen.filter((name) => areas !== null && !areas.includes(name))
  const toggle = (name: string) =>
    setValue(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name])
  const isDisabled = Boolean(disabled || props.readOnly)
  return (
    <FieldFrame props={props} hasError={showError} isGroup>
      <div className="kizuna-choices">
        {[...(areas ?? chosen), ...gone].map((name) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              disabled={isDisabled}
              onChange={() => toggle(name)}
            />
            {name}
            {gone.includes(name) && '(自治体の設定にありません。外してください)'}
          </label>
        ))}
      </div>
      {areas?.length === 0 && gone.length === 0 && (
        <p className="kizuna-panel__hint">
          この自治体には地区の区分がありません。全域に届きます(分けたいときは、自治体の設定の「地区」に加えます)。
        </p>
      )}
    </FieldFrame>
  )
}

interface WithAreas {
  areas?: { name: string }[] | null
}

/** Names of the areas of the document's municipality; null until they are there. */
function useAreas(): string[] | null {
  const municipality = useFormFields(([fields]) => relatedId(fields.municipality?.value))
  const { ask } = useApi()
  const [areas, setAreas] = useState<string[] | null>(null)
  useEffect(() => {
    if (municipality === null) return
    void ask<WithAreas>(`/kizuna-municipalities/${municipality}?depth=0`).then((answer) => {
      const found = answer.isDone ? (answer.body.areas ?? []) : []
      setAreas(found.map(({ name }) => name))
    })
  }, [ask, municipality])
  return areas
}
