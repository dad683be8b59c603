import { textDiff } from '../../plain/textDiff'

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
        {textDiff(before, after).map(({ kind, text }, index) => {
          if (kind === 'same') return <span key={index}>{text}</span>
          return kind === 'added' ? (
            <ins key={index} aria-label={`足した: ${text}`}>
              {text}
            </ins>
          ) : (
            <del key={index} aria-label={`消した: ${text}`}>
              {text}
            </del>
          )
        })}
      </p>
    </div>
  )
}
