'use client'

import { useAllFormFields, useDocumentInfo } from '@payloadcms/ui'
import { reduceFieldsToValues } from 'payload/shared'
import { useDeferredValue, useMemo, useState } from 'react'

import { previewFor } from '../../release/preview'
import type { StoredDocument } from '../../review/freeze'
import { LineView } from './lineView'
import { MailView } from './mailView'
import { previewInput } from './previewInput'
import { useCompanion, useMunicipality } from './useCompanion'

type Channel = 'line' | 'mail'

/** What a family will receive of the document on the screen, saved or not. */
export function ContentPreview() {
  const { collectionSlug } = useDocumentInfo()
  const [fields] = useAllFormFields()
  const [channel, setChannel] = useState<Channel>('line')
  const [isPlural, setPlural] = useState(false)
  const values = useMemo((): StoredDocument => reduceFieldsToValues(fields, true), [fields])
  const document = useDeferredValue(values)
  const kind = collectionSlug === 'add-ons' ? 'addOn' : 'manuscript'
  const municipality = useMunicipality(document.municipality)
  const companion = useCompanion(kind === 'addOn' ? document : null)
  const preview = useMemo(
    () => previewFor(previewInput({ kind, document, municipality, companion, isPlural })),
    [kind, document, municipality, companion, isPlural],
  )
  return (
    <section className="kizuna-panel" aria-label="届く見え方">
      <h3 className="kizuna-panel__title">届く見え方</h3>
      <div className="kizuna-switch" role="group" aria-label="送る方法">
        <Choice isChosen={channel === 'line'} onChoose={() => setChannel('line')} label="LINE" />
        <Choice isChosen={channel === 'mail'} onChoose={() => setChannel('mail')} label="メール" />
        <label>
          <input
            type="checkbox"
            checked={isPlural}
            onChange={(event) => setPlural(event.target.checked)}
          />{' '}
          ふたごの読者
        </label>
      </div>
      {companion && (
        <p className="kizuna-panel__hint">共通の原稿「{companion.title}」と一緒に届きます。</p>
      )}
      {channel === 'line' && <LineView messages={preview.line} />}
      {channel === 'mail' && <MailView mail={preview.mail} />}
      {preview.leftOut.length > 0 && (
        <p className="kizuna-panel__hint">
          LINE に入りきらないため、届かないもの: {preview.leftOut.join('、')}
        </p>
      )}
      {preview.problems.length > 0 && (
        <details className="kizuna-panel__details">
          <summary>直すところ({preview.problems.length})</summary>
          <ul>
            {preview.problems.map(({ field, code, message }) => (
              <li key={`${field} ${code}`}>{message}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

interface ChoiceProps {
  isChosen: boolean
  onChoose: () => void
  label: string
}

function Choice({ isChosen, onChoose, label }: ChoiceProps) {
  return (
    <button type="button" aria-pressed={isChosen} onClick={onChoose}>
      {label}
    </button>
  )
}
