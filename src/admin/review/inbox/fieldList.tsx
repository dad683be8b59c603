import type { ReactNode } from 'react'

import { shorten } from '../../../release/graphemes'
import type { ShownField, ShownReview } from '../../../review/inbox/shownReview'
import { aroundChanges } from '../../../review/rules/difference'
import { Legend, Marked } from './marked'

interface FieldListProps {
  review: Pick<ShownReview, 'fields' | 'removed' | 'hasBaseline' | 'comparison'>
  /** Whether the whole text stands beside it already: then fields are shown in short. */
  isShort?: boolean
  /** Prefix of element ids, where several lists are on one page. */
  name?: string
  /** What stands under a field. */
  under?: (field: ShownField) => ReactNode
}

/** Letters of a field that is shown in short. */
const SHORT = 60

/** Whether a field is shown at once: it changed, or, where nothing is compared, it is text. *Pure.* */
export function isFieldOpen({ parts, isText }: ShownField, hasBaseline: boolean): boolean {
  return hasBaseline ? parts !== null : isText
}

/** The fields of a text: what changed marked in them, what did not or only says where it goes folded. */
export function FieldList({ review, isShort = false, name = '', under }: FieldListProps) {
  const { fields, removed, hasBaseline, comparison } = review
  const isOpen = (field: ShownField) => isFieldOpen(field, hasBaseline)
  const folded = fields.filter((field) => !isOpen(field))
  const isMarked = hasBaseline && (fields.some(isOpen) || removed.length > 0)
  const row = (field: ShownField) => (
    <Field key={field.path} {...{ field, hasBaseline, isShort, name, under }} />
  )
  return (
    <div className="kizuna-fields">
      <p className="kizuna-panel__hint">{comparison}</p>
      {isMarked && <Legend />}
      {fields.filter(isOpen).map(row)}
      {removed.map(({ path, label, parts }) => (
        <div key={`removed ${path} ${label}`} className="kizuna-field">
          <h3 className="kizuna-field__label">
            {label}
            <span className="kizuna-field__changed">なくなりました</span>
          </h3>
          <p className="kizuna-field__text">
            <Marked parts={parts} />
          </p>
        </div>
      ))}
      {folded.length > 0 && (
        <details className="kizuna-panel__details">
          <summary>
            {hasBaseline ? '変わっていない項目' : '配信日などの項目'}({folded.length})
          </summary>
          {folded.map(row)}
        </details>
      )}
    </div>
  )
}

interface FieldProps extends Required<Pick<FieldListProps, 'isShort' | 'name'>> {
  field: ShownField
  hasBaseline: boolean
  under: FieldListProps['under']
}

function Field({ field, hasBaseline, isShort, name, under }: FieldProps) {
  const { path, label, text, parts, isText } = field
  return (
    <div className="kizuna-field" id={`${name}field-${path}`}>
      <h3 className="kizuna-field__label">
        {label}
        {hasBaseline && parts && <span className="kizuna-field__changed">変更あり</span>}
      </h3>
      <p className="kizuna-field__text">
        {parts ? (
          <Marked parts={isShort ? aroundChanges(parts) : parts} />
        ) : isShort && isText ? (
          shorten(text, SHORT)
        ) : (
          text
        )}
      </p>
      {under?.(field)}
    </div>
  )
}
