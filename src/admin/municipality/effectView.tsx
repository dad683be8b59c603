'use client'

import type { ChangeLine } from '../../municipality/townWords'
import type { TownEffect } from '../../reach/townEffect'

/** Before and after, and how many texts and readers it touches. */
export function EffectView(props: { lines: readonly ChangeLine[]; effect: TownEffect | null }) {
  const { lines, effect } = props
  return (
    <div role="status" aria-label="この変更が届くところ" className="kizuna-municipality__effect">
      <table className="kizuna-municipality__lines">
        <thead>
          <tr>
            <th scope="col">変えるところ</th>
            <th scope="col">前</th>
            <th scope="col">後</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ label, before, after }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{before ? <del>{before}</del> : '(なし)'}</td>
              <td>{after ? <ins>{after}</ins> : '(なし)'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {effect?.sentences.map((sentence) => (
        <p key={sentence}>
          <strong>{sentence}</strong>
        </p>
      ))}
      {effect && effect.releases.length > 0 && (
        <ul>
          {effect.releases.map(({ title, names }) => (
            <li key={title}>
              {title}({names.join('、')})
            </li>
          ))}
        </ul>
      )}
      {effect?.missing.map((sentence) => (
        <p key={sentence} className="kizuna-municipality__stop">
          {sentence}
        </p>
      ))}
    </div>
  )
}
