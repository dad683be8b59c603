'use client'

import { useField, useFormFields } from '@payloadcms/ui'
import type { TextFieldClientProps } from 'payload'
import { useState } from 'react'

import { SlotReading } from '../fields/slotReading'
import { FieldFrame } from '../fields/fieldFrame'
import { codeOf, partsOf, STAGE_KINDS, type StageKind, type StageParts } from './stageParts'
import './addOn.css'

const EMPTY: StageParts = { kind: 'month', numbers: {} }

/** A stage in words a clerk knows: of pregnancy, of age, or before school; stored as its code. */
export function StageInput(props: TextFieldClientProps) {
  const { path } = props
  const { value, setValue, showError, disabled } = useField<string>({ path })
  const first = useFormFields(([fields]) => fields.from?.value)
  const [typed, setTyped] = useState<StageParts | null>(null)
  const isOwn = typed !== null && codeOf(typed) === (value ?? '')
  const shown = (isOwn ? typed : partsOf(value)) ?? { ...EMPTY, ...kindOf(first) }
  const isOther = Boolean(value) && !isOwn && partsOf(value) === null
  const isDisabled = Boolean(disabled || props.readOnly)
  const change = (next: StageParts) => {
    setTyped(next)
    setValue(codeOf(next))
  }
  const id = `field-${path.replaceAll('.', '__')}`
  return (
    <FieldFrame props={props} hasError={showError} isGroup>
      {isOther ? (
        <input
          id={id}
          type="text"
          aria-label="配信日"
          value={value ?? ''}
          disabled={isDisabled}
          onChange={(event) => setValue(event.target.value)}
        />
      ) : (
        <StageFields id={id} parts={shown} isDisabled={isDisabled} onChange={change} />
      )}
      <SlotReading path={path} />
    </FieldFrame>
  )
}

interface FieldsProps {
  id: string
  parts: StageParts
  isDisabled: boolean
  onChange: (parts: StageParts) => void
}

/** What it counts from, and a number for each unit of that. */
function StageFields({ id, parts: { kind, numbers }, isDisabled, onChange }: FieldsProps) {
  return (
    <div className="kizuna-stage">
      <select
        id={id}
        aria-label="数え方"
        value={kind}
        disabled={isDisabled}
        onChange={(event) => onChange({ kind: event.target.value as StageKind, numbers: {} })}
      >
        {Object.entries(STAGE_KINDS).map(([code, { label }]) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </select>
      {STAGE_KINDS[kind].fields.map(({ name, unit }) => (
        <label key={name}>
          <input
            type="number"
            inputMode="numeric"
            min={0}
            step={1}
            value={numbers[name] ?? ''}
            disabled={isDisabled}
            onChange={(event) =>
              onChange({ kind, numbers: { ...numbers, [name]: digits(event.target.value) } })
            }
          />
          {unit}
        </label>
      ))}
    </div>
  )
}

/** The end of a range counts as its beginning does, until somebody says otherwise; a page is chosen. */
function kindOf(first: unknown): { kind?: StageKind } {
  const kind = partsOf(first)?.kind
  return kind && kind !== 'support' ? { kind } : {}
}

function digits(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '').slice(0, 4)
}
