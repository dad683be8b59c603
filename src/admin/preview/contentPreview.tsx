'use client'

import { Button } from '@payloadcms/ui'
import { useId, useRef, useState, type ReactNode } from 'react'

import { useFirstSeen } from '../people/useFirstSeen'
import { LengthMeters } from './lengthMeters'
import { PreviewControls } from './previewControls'
import { PreviewPanes } from './previewPanes'
import { usePreview } from './usePreview'
import './preview.css'

/** What a family will receive of the document on the screen, saved or not, while it is typed. */
export function ContentPreview() {
  const preview = usePreview()
  const { shown, draft, problems, note, when, isAwaited } = preview
  const [isWide, setWide] = useState(false)
  const own = shown.texts.find(({ isOwn }) => isOwn)
  useFirstSeen('preview', !isAwaited && draft.content.type === 'addOn' && own?.mail !== null)
  const body = isAwaited ? (
    <p className="kizuna-panel__hint" role="status">
      自治体の設定を読んでいます…
    </p>
  ) : (
    <>
      <PreviewControls {...preview.controls} />
      {when && <p className="kizuna-panel__hint">{when}</p>}
      {note && (
        <p className="kizuna-panel__note" role="note">
          {note}
        </p>
      )}
      {own && <LengthMeters content={draft.content} text={own} fullest={shown.fullest} />}
      <PreviewPanes texts={shown.texts} />
    </>
  )
  return (
    <section className="kizuna-panel kizuna-preview" aria-label="届く見え方">
      <div className="kizuna-preview__head">
        <h3 className="kizuna-panel__title">届く見え方</h3>
        <Button margin={false} buttonStyle="secondary" size="small" onClick={() => setWide(true)}>
          大きく見る
        </Button>
      </div>
      {isWide ? <Wide onClose={() => setWide(false)}>{body}</Wide> : body}
      {problems.length > 0 && !isAwaited && (
        <details className="kizuna-panel__details">
          <summary>直すところ({problems.length})</summary>
          <ul>
            {problems.map(({ field, code, message }) => (
              <li key={`${field} ${code}`}>{message}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

/** The same over the whole window; Esc closes it. */
function Wide({ children, onClose }: { children: ReactNode; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement | null>(null)
  const heading = useId()
  const show = (element: HTMLDialogElement | null) => {
    dialog.current = element
    if (element && !element.open) element.showModal()
  }
  return (
    <dialog
      ref={show}
      className="kizuna-panel kizuna-preview kizuna-preview--wide"
      aria-labelledby={heading}
      onClose={onClose}
    >
      <div className="kizuna-preview__head">
        <h3 id={heading} className="kizuna-panel__title">
          届く見え方
        </h3>
        <Button
          margin={false}
          buttonStyle="secondary"
          size="small"
          onClick={() => dialog.current?.close()}
        >
          閉じる
        </Button>
      </div>
      {children}
    </dialog>
  )
}
