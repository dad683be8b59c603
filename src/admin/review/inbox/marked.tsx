import type { DiffPart } from '../../../review/rules/difference'

/** A text with what came and what went marked: by line and colour, and by the elements' meaning. */
export function Marked({ parts }: { parts: readonly DiffPart[] }) {
  return (
    <>
      {parts.map(({ kind, text }, index) => {
        if (kind === 'added') return <ins key={index}>{text}</ins>
        if (kind === 'removed') return <del key={index}>{text}</del>
        return <span key={index}>{text}</span>
      })}
    </>
  )
}

/** What the marks mean. */
export function Legend() {
  return (
    <p className="kizuna-legend">
      <ins>足した文字</ins> <del>消した文字</del>
    </p>
  )
}
