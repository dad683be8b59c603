'use client'

import { useField } from '@payloadcms/ui'
import type { TextFieldClientProps } from 'payload'

import { FieldFrame } from '../fields/fieldFrame'
import { useTown } from './useTown'
import './addOn.css'

/** The municipality's own areas, to be ticked; none ticked is everywhere. */
export function AreaChoice(props: TextFieldClientProps) {
  const { path } = props
  const { value, setValue, showError, disabled } = useField<string[]>({ path })
  const town = useTown()
  const areas = town && (town.areas ?? []).map(({ name }) => name)
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
