'use client'

import { Button, useDocumentInfo, useField, useFormModified } from '@payloadcms/ui'
import { useEffect } from 'react'

import type { PlainFinding } from '../../plain/checkPlain'
import { placeInBox } from '../../plain/placeInBox'
import { insertReadings } from '../../plain/insertReadings'
import { useHasRole } from '../people/useHasRole'
import { FindingList } from './findingList'
import { StandardPart } from './standardPart'
import { useComparison } from './useComparison'
import { usePlainCheck } from './usePlainCheck'
import './plain.css'

type CheckedField = 'subject' | 'body'

const FIELD_LABELS: Record<CheckedField, string> = { subject: 'メールの件名', body: '本文' }

/** Beside a text in plain Japanese: how it stands to the standard edition, and advice on its words. */
export function PlainPanel() {
  const { id } = useDocumentInfo()
  const canWrite = useHasRole('editor')
  return (
    <section className="kizuna-panel" aria-label="やさしい日本語">
      <h3 className="kizuna-panel__title">やさしい日本語</h3>
      {id !== undefined && <Standard id={String(id)} canWrite={canWrite} />}
      <Advice canWrite={canWrite} />
    </section>
  )
}

function Standard({ id, canWrite }: { id: string; canWrite: boolean }) {
  const { lastUpdateTime } = useDocumentInfo()
  const isModified = useFormModified()
  const { comparison, errors, load, align } = useComparison(id)
  useEffect(() => {
    void load()
  }, [load, lastUpdateTime])
  if (!comparison) return null
  return (
    <StandardPart
      comparison={comparison}
      errors={errors}
      isModified={isModified}
      canAlign={canWrite}
      onAlign={() => void align()}
    />
  )
}

function Advice({ canWrite }: { canWrite: boolean }) {
  const subject = useField<string>({ path: 'subject' })
  const body = useField<string>({ path: 'body' })
  const fields = { subject, body }
  const { checked, errors, isStale, again } = usePlainCheck(subject.value ?? '', body.value ?? '')
  const found = checked?.findings ?? { subject: [], body: [] }
  const count = found.subject.length + found.body.length
  return (
    <div aria-busy={isStale}>
      <h4 className="kizuna-panel__subtitle">読みやすさ</h4>
      <p className="kizuna-panel__hint">
        参考です。直すかどうかは、書く人が決めます。読みは「漢字(かんじ)」の形で書きます。
      </p>
      {errors.length === 0 && <p role="status">{statusOf(checked !== null, count)}</p>}
      {(['subject', 'body'] as const).map(
        (name) =>
          found[name].length > 0 && (
            <details key={name} className="kizuna-panel__details" open={name === 'body'}>
              <summary>{`${FIELD_LABELS[name]}(${found[name].length} か所)`}</summary>
              <FindingList
                findings={found[name]}
                canWrite={canWrite && !isStale}
                onShow={(finding) => show(name, checked?.[name] ?? '', finding)}
                onInsert={(findings) =>
                  fields[name].setValue(insertReadings(fields[name].value ?? '', findings))
                }
              />
            </details>
          ),
      )}
      {errors.map((sentence) => (
        <p key={sentence} role="alert">
          {sentence}
        </p>
      ))}
      {errors.length > 0 && (
        <Button margin={false} buttonStyle="secondary" size="small" onClick={again}>
          もう一度調べる
        </Button>
      )}
    </div>
  )
}

function statusOf(isChecked: boolean, count: number): string {
  if (!isChecked) return '読みやすさを調べています…'
  return count === 0 ? '気になるところはありません。' : `気になるところが ${count} か所あります。`
}

/** Marks the place in the form's field, unless what was checked is no longer there. */
function show(field: CheckedField, checked: string, finding: PlainFinding): void {
  const found = document.getElementById(`field-${field}`)
  const box =
    found instanceof HTMLTextAreaElement || found instanceof HTMLInputElement ? found : null
  const input = box ?? found?.querySelector<HTMLTextAreaElement>('textarea, input')
  const place = input && placeInBox(input.value, checked, finding)
  if (!input || !place) return
  input.scrollIntoView({ block: 'center' })
  input.focus()
  input.setSelectionRange(place.start, place.end)
}
