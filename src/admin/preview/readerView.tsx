'use client'

import { useConfig } from '@payloadcms/ui'

import { useHasRole } from '../people/useHasRole'
import type { ShownText } from './composeDay'
import { PreviewControls } from './previewControls'
import { PreviewPanes } from './previewPanes'
import { usePreview } from './usePreview'
import './preview.css'

/** A common text as families of the clerk's municipality get it, with its own add-ons in place. */
export function ReaderView() {
  const { shown, draft, note, when, isAwaited, controls } = usePreview({ isRead: true })
  if (isAwaited) {
    return (
      <p className="kizuna-panel__hint" role="status">
        自治体の設定を読んでいます…
      </p>
    )
  }
  const [text] = shown.texts.filter(({ isOwn }) => isOwn)
  const slot = draft.content.type === 'manuscript' ? draft.content.slot : ''
  return (
    <section className="kizuna-panel kizuna-preview" aria-label="家族に届く見え方">
      <h2 className="kizuna-panel__title">家族には、このように届きます</h2>
      <p>
        制作監修チームが書いて監修した、すべての自治体に共通の原稿です。あなたの自治体の問い合わせ先と自治体原稿が入った形で見られます。
      </p>
      <PreviewControls {...controls} isMunicipalityFixed />
      {when && <p className="kizuna-panel__hint">{when}</p>}
      {note && (
        <p className="kizuna-panel__note" role="note">
          {note}
        </p>
      )}
      <PreviewPanes texts={shown.texts} isMarked={false} />
      <OwnAddOns addOns={text?.addOns ?? []} slot={slot} />
    </section>
  )
}

/** What the municipality adds to this text, and the way to write more. */
function OwnAddOns({ addOns, slot }: Pick<ShownText, 'addOns'> & { slot: string }) {
  const { config } = useConfig()
  const isWriter = useHasRole('municipal-editor')
  const path = `${config.routes.admin}/collections/kizuna-add-ons`
  return (
    <>
      <h3 className="kizuna-panel__title">いっしょに届く、あなたの自治体の原稿</h3>
      {addOns.length === 0 ? (
        <p>この日の家族には、まだありません。</p>
      ) : (
        <ul>
          {addOns.map(({ id, title }) => (
            <li key={id}>
              <a href={`${path}/${id}`}>{title || '見出しのない自治体原稿'}</a>
            </li>
          ))}
        </ul>
      )}
      {isWriter && slot && (
        <p>
          <a
            className="kizuna-button"
            href={`${path}/create?${new URLSearchParams({ from: slot, to: slot }).toString()}`}
          >
            この時期の自治体原稿を書く
          </a>
        </p>
      )}
    </>
  )
}
