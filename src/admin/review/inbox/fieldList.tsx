import type { ReactNode } from 'react'

import type { ShownField, ShownReview } from '../../../review/inbox/shownReview'
import { Legend, Marked } from './marked'

interface FieldListProps {
  review: Pick<ShownReview, 'fields' | 'removed' | 'hasBaseline' | 'comparison'>
  /** Whether fields that are as they were are shown too. */
  isWhole: boolean
  /** Prefix of element ids, where several lists are on one page. */
  name?: string
  /** What stands under a field. */
  under?: (field: ShownField) => ReactNode
}

/** The fields of a text, what changed marked in them. */
export function FieldList({ review, isWhole, name = '', under }: FieldListProps) {
  const { fields, removed, hasBaseline, comparison } = review
  const shown = isWhole || !hasBaseline ? fields : fields.filter(({ parts }) => parts !== null)
  const isMarked = fields.some(({ parts }) => parts !== null) || removed.length > 0
  return (
    <div className="kizuna-fields">
      <p className="kizuna-panel__hint">{comparison}</p>
      {isMarked && <Legend />}
      {shown.map((field) => (
        <div key={field.path} className="kizuna-field" id={`${name}field-${field.path}`}>
          <h3 className="kizuna-field__label">
            {field.label}
            {hasBaseline && field.parts && <span className="kizuna-field__changed">変更あり</span>}
          </h3>
          <p className="kizuna-field__text">
            {field.parts ? <Marked parts={field.parts} /> : field.text}
          </p>
          {under?.(field)}
        </div>
      ))}
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
    </div>
  )
}
