import { differenceOf } from '../../review/rules/difference'
import { Marked } from '../review/inbox/marked'

interface ChangeProps {
  label: string
  before: string
  after: string
}

/** One field then and now: what was taken out struck through, what was put in underlined. */
export function TextChange({ label, before, after }: ChangeProps) {
  if (before === after) return null
  return (
    <div className="kizuna-change">
      <p className="kizuna-change__label">{label}</p>
      <p className="kizuna-change__text">
        <Marked parts={differenceOf(before, after)} />
      </p>
    </div>
  )
}
