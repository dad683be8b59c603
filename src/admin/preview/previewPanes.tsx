'use client'

import type { ShownText } from './composeDay'
import { LineView } from './lineView'
import { LockScreenView } from './lockScreenView'
import { MailView } from './mailView'

interface PanesProps {
  texts: readonly ShownText[]
  /** Opens at the part that the document on the screen is, and marks it. @default true */
  isMarked?: boolean
}

/** The texts of a day, LINE and mail side by side where there is room, else one under the other. */
export function PreviewPanes({ texts, isMarked = true }: PanesProps) {
  return texts.map((text, index) => (
    <article key={index} className="kizuna-preview__text">
      {texts.length > 1 && (
        <h4>
          {text.isOwn ? 'この原稿が入る便り' : `同じ日に届く別の便り: ${text.titles[0] ?? ''}`}
        </h4>
      )}
      {text.isOwn && text.titles.length > 1 && (
        <p className="kizuna-panel__hint">一緒に届くもの: {text.titles.join('、')}</p>
      )}
      <LockScreenView shown={text.lockScreen} />
      <div className="kizuna-channels">
        <figure>
          <figcaption>LINE</figcaption>
          <LineView messages={text.line} own={isMarked ? text.own?.line : undefined} />
        </figure>
        <figure>
          <figcaption>メール</figcaption>
          <MailView mail={text.mail} own={isMarked ? (text.own?.mailHtml ?? '') : ''} />
        </figure>
      </div>
      {text.leftOut.length > 0 && (
        <p className="kizuna-panel__hint">
          LINE に入りきらないため、届かないもの: {text.leftOut.join('、')}
        </p>
      )}
    </article>
  ))
}
