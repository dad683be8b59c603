'use client'

import { useState } from 'react'

import type { SheetWord } from '../../release/contentKind'
import { ExportPart } from './exportPart'
import { ImportPart } from './importPart'

/** A kind of documents a person may move in and out. */
export interface KindChoice {
  kind: SheetWord
  label: string
  /** Path of their list inside the admin. */
  listPath: string
  canImport: boolean
  /** Series to keep an export to. */
  series: { id: string; label: string }[]
}

/** The two halves of the page: out first, because that gives a file of the right form. */
export function ImportAndExport({ choices }: { choices: KindChoice[] }) {
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
