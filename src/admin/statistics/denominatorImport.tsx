'use client'

import { Button } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'

import type { DenominatorReport } from '../../numbers/importDenominators'
import { FILE_TOO_LARGE, MAX_FILE_BYTES } from '../../table/fileLimits'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'
import { useHydrated } from '../fields/useHydrated'

const PATH = '/numbers/denominators/import'

/** Shows first what a file would change, then takes in exactly that. */
export function DenominatorImport() {
  const { call, isBusy, errors, setErrors } = useApi()
  const { refresh } = useRouter()
  const isHydrated = useHydrated()
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [report, setReport] = useState<DenominatorReport | null>(null)

  const send = async (chosen: File, query: string) => {
    setReport(null)
    setErrors(chosen.size > MAX_FILE_BYTES ? [FILE_TOO_LARGE] : [])
    if (chosen.size > MAX_FILE_BYTES) return
    const answer = await call<DenominatorReport>(`${PATH}${query}`, { body: chosen })
    if (!answer.isDone) return
    setReport(answer.body)
    if (answer.body.isWritten) refresh()
  }
  const check = () => {
    const chosen = input.current?.files?.[0] ?? null
    setFile(chosen)
    if (chosen) void send(chosen, '')
    else input.current?.focus()
  }
  const take = () => {
    if (file && report) void send(file, `?agreedTo=${report.fingerprint}`)
  }
  return (
    <details>
      <summary>Excel や CSV からまとめて入れる</summary>
      <p>
        1 行目に「何の数か」「いつの分か」「数」「出典」「いつの数字か」の見出しを書きます。例:
        母子健康手帳の交付数、2026-10、65、健康課の窓口の集計、2026-11-01。まず中身を確かめます。1
        行でも誤りがあれば、何も入れません。
      </p>
      <label className="kizuna-fill kizuna-fill--lines">
        ファイル(.xlsx か .csv)
        <input
          ref={input}
          type="file"
          accept=".xlsx,.csv"
          onChange={() => {
            setReport(null)
            setErrors([])
          }}
        />
      </label>
      <Button
        margin={false}
        buttonStyle="secondary"
        disabled={isBusy || !isHydrated}
        onClick={check}
      >
        {isBusy ? '処理しています…' : '中身を確かめる'}
      </Button>
      <ErrorList errors={[...errors, ...(report?.problems ?? [])]} />
      <div role="status">{report && <Found report={report} isBusy={isBusy} onTake={take} />}</div>
    </details>
  )
}

interface FoundProps {
  report: DenominatorReport
  isBusy: boolean
  onTake: () => void
}

function Found({ report: { isWritten, rows, problems }, isBusy, onTake }: FoundProps) {
  if (problems.length > 0) return <p>誤りがあるため、何も入れていません。</p>
  const changes = rows.filter(({ action }) => action !== 'unchanged')
  if (changes.length === 0) return <p>もう同じ数が入っています。入れるものはありません。</p>
  if (isWritten) return <p>{changes.length} 件の数を入れました。</p>
  return (
    <>
      <p>次の {changes.length} 件を入れます。</p>
      <ul>
        {changes.map(({ line, title, before, after }) => (
          <li key={line}>
            {title}: {before && `${before} → `}
            {after}
          </li>
        ))}
      </ul>
      <Button margin={false} disabled={isBusy} onClick={onTake}>
        {changes.length} 件を入れる
      </Button>
    </>
  )
}
