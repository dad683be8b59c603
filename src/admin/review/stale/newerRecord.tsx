'use client'

import { useConfig, useDocumentInfo } from '@payloadcms/ui'

import { useToldInstead } from './useToldInstead'

/**
 * Of a record without versions that somebody else has saved since: what is typed here stays, and the
 * other one is opened beside it. A save over it is refused: see src/cms/newerRecord.ts.
 */
export function NewerRecord() {
  const wasTold = useToldInstead()
  const { collectionSlug, id } = useDocumentInfo()
  const { config } = useConfig()
  if (!wasTold) return null
  const label = 'あなたが開いたあとで、別の画面で保存されています。'
  return (
    <section className="kizuna-panel kizuna-stale" role="alert" aria-label={label}>
      <h2 className="kizuna-panel__title">{label}</h2>
      <p>
        ここに書いたものは、この画面に残っていますが、このままでは保存できません。いまの内容を別のタブで開き、要るところを書き写して、そちらで保存してください。
      </p>
      <a
        className="kizuna-button"
        href={`${config.routes.admin}/collections/${collectionSlug}/${id}`}
        target="_blank"
        rel="noreferrer"
      >
        いまの内容を別のタブで開く
      </a>
    </section>
  )
}
