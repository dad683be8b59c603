'use client'

import { useState } from 'react'

import type { ImportKind } from '../../import/report'
import { useApiAddress } from '../api/useApi'
import { Choice } from '../choice'
import { ImportPart } from './importPart'
import './sheets.css'

/** A kind of documents a person may move in and out. */
export interface SheetChoice {
  kind: ImportKind
  label: string
  /** Path of their list inside the admin. */
  listPath: string
  canImport: boolean
  /** Series to keep an export to. */
  owners: { id: string; label: string }[]
}

/** The two halves of the page: out first, because that gives a file of the right form. */
export function SheetsDesk({ choices }: { choices: SheetChoice[] }) {
  const [kind, setKind] = useState(choices[0]?.kind)
  const choice = choices.find((one) => one.kind === kind)
  if (!choice) return <p>書き出せるものがありません。</p>
  return (
    <>
      {choices.length > 1 && (
        <div className="kizuna-switch" role="group" aria-label="種類">
          {choices.map((one) => (
            <button
              key={one.kind}
              type="button"
              aria-pressed={one.kind === kind}
              onClick={() => setKind(one.kind)}
            >
              {one.label}
            </button>
          ))}
        </div>
      )}
      <ExportPart key={`out-${choice.kind}`} choice={choice} />
      {choice.canImport ? (
        <ImportPart key={`in-${choice.kind}`} choice={choice} />
      ) : (
        <p>取り込みは、書く担当の人が行います。</p>
      )}
    </>
  )
}

function ExportPart({ choice }: { choice: SheetChoice }) {
  const addressOf = useApiAddress()
  const [owner, setOwner] = useState('')
  const address = (format: string) =>
    addressOf(`/sheets/export?kind=${choice.kind}&format=${format}${owner && `&owner=${owner}`}`)
  return (
    <section className="kizuna-panel" aria-label="書き出し">
      <h2 className="kizuna-panel__title">書き出し</h2>
      <p>
        すべての列が入ります。「管理番号」の列を残しておくと、配信日を変えても同じ原稿として取り込めます。
      </p>
      {choice.owners.length > 0 && (
        <div className="kizuna-fill kizuna-fill--lines">
          <Choice
            label="シリーズ"
            value={owner}
            onChange={setOwner}
            choices={[
              ['', 'すべて'],
              ...choice.owners.map(({ id, label }) => [id, label] as const),
            ]}
          />
        </div>
      )}
      <div className="kizuna-actions">
        <a className="kizuna-sheets__button" href={address('xlsx')} download>
          Excel ブックで書き出す
        </a>
        <a
          className="kizuna-sheets__button kizuna-sheets__button--plain"
          href={address('csv')}
          download
        >
          CSV で書き出す
        </a>
      </div>
    </section>
  )
}
