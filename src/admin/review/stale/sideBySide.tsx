import type { FieldChange } from '../../../review/rules/changes'
import { sideOf, type DiffPart } from '../../../review/rules/difference'
import { Marked } from '../inbox/marked'

interface SidesProps {
  /** With who made each, where that is known. */
  changes: readonly (FieldChange & { hands?: readonly string[] })[]
  /** What each side is, in words. */
  before: string
  after: string
}

/** Two states of a text, field by field, one beside the other; on a phone one under the other. */
export function SideBySide({ changes, before, after }: SidesProps) {
  return (
    <>
      {changes.map(({ path, label, parts, hands = [] }) => (
        <div key={`${path} ${label}`} className="kizuna-sides__field">
          <h3 className="kizuna-field__label">{label}</h3>
          {hands.length > 0 && <p className="kizuna-sides__hands">直した人: {hands.join('、')}</p>}
          <div className="kizuna-sides">
            <Side name={before} parts={sideOf(parts, 'before')} />
            <Side name={after} parts={sideOf(parts, 'after')} />
          </div>
        </div>
      ))}
    </>
  )
}

function Side({ name, parts }: { name: string; parts: readonly DiffPart[] }) {
  return (
    <div className="kizuna-sides__side">
      <strong>{name}</strong>
      <p className="kizuna-field__text">{parts.length > 0 ? <Marked parts={parts} /> : '(なし)'}</p>
    </div>
  )
}
