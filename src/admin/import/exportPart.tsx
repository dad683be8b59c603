'use client'

import { useState } from 'react'

import { useApiAddress } from '../api/useApi'
import { Choice } from '../fields/choice'
import type { KindChoice } from './importAndExport'
import './import.css'

/** Downloads all documents of a kind, or those of one series, as a spreadsheet. */
export function ExportPart({ choice }: { choice: KindChoice }) {
  const addressOf = useApiAddress()
  const [series, setSeries] = useState('')
  const address = (format: string) =>
    addressOf(`/sheets/export?kind=${choice.kind}&format=${format}${series && `&owner=${series}`}`)
  return (
    <section className="kizuna-panel" aria-label="書き出し">
      <h2 className="kizuna-panel__title">書き出し</h2>
      <p>
        すべての列が入ります。「管理番号」の列を残しておくと、配信日を変えても同じ原稿として取り込めます。「書き出しの印」の列は書きかえないでください。書き出したあとでほかの人が直した原稿を、取り込む前に知らせるために使います。
      </p>
      {choice.series.length > 0 && (
        <div className="kizuna-fill kizuna-fill--lines">
          <Choice
            label="シリーズ"
            value={series}
            onChange={setSeries}
            choices={[
              ['', 'すべて'],
              ...choice.series.map(({ id, label }) => [id, label] as const),
            ]}
          />
        </div>
      )}
      <div className="kizuna-actions">
        <a className="kizuna-import__button" href={address('xlsx')} download>
          Excel ブックで書き出す
        </a>
        <a
          className="kizuna-import__button kizuna-import__button--plain"
          href={address('csv')}
          download
        >
          CSV で書き出す
        </a>
      </div>
    </section>
  )
}
