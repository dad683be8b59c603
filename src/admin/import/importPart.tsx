'use client'

import { Button, useConfig } from '@payloadcms/ui'
import { useRef, useState } from 'react'

import type { ImportReport } from '../../import/report'
import { ErrorList } from '../api/errorList'
import { ReportView } from './reportView'
import type { KindChoice } from './importAndExport'
import { useHydrated } from '../fields/useHydrated'
import { useImport } from './useImport'

/** Chooses a file, shows what it would change, and takes it in when that is right. */
export function ImportPart({ choice }: { choice: KindChoice }) {
  const isHydrated = useHydrated()
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const start = () => {
    const chosen = input.current?.files?.[0] ?? null // may be chosen before React was there
    setFile(chosen)
    if (chosen) void check(chosen)
    else input.current?.focus()
  }
  const { report, errors, isBusy, check, take, forget } = useImport(choice.kind)
  return (
    <section className="kizuna-panel" aria-label="取り込み">
      <h2 className="kizuna-panel__title">取り込み</h2>
      <p>
        まず中身を確かめます。確かめるだけでは、何も書き込みません。1
        行でも誤りがあれば、全部の行を取り込みません。
      </p>
      <label className="kizuna-fill kizuna-fill--lines">
        ファイル(.xlsx か .csv、10 MB まで)
        <input ref={input} type="file" accept=".xlsx,.csv" onChange={forget} />
      </label>
      <Button margin={false} disabled={isBusy || !isHydrated} onClick={start}>
        {isBusy ? '処理しています…' : '中身を確かめる'}
      </Button>
      <div aria-live="polite">
        {isBusy && (
          <p className="kizuna-import__wait">
            原稿が多いと、1 分ほどかかります。画面を閉じないでお待ちください。
          </p>
        )}
        <ErrorList errors={file ? errors.map((one) => `「${file.name}」: ${one}`) : errors} />
        {report && file && (
          <ReportView
            key={report.fingerprint}
            report={report}
            file={file.name}
            next={
              canTake(report) && (
                <TakeIn report={report} isBusy={isBusy} onTake={() => void take(file)} />
              )
            }
          />
        )}
      </div>
      {report?.isWritten && <Done choice={choice} />}
    </section>
  )
}

function canTake({ isWritten, problems, created, changed }: ImportReport): boolean {
  return !isWritten && problems.length === 0 && created + changed > 0
}

interface TakeInProps {
  report: ImportReport
  isBusy: boolean
  onTake: () => void
}

function TakeIn({ report: { created, changed }, isBusy, onTake }: TakeInProps) {
  return (
    <div className="kizuna-import__take">
      <p>
        新規 {created} 件、変更 {changed}{' '}
        件を下書きとして取り込みます。公開中の内容は変わりません。変えた原稿の承認は、やり直しになります。
      </p>
      <Button margin={false} disabled={isBusy} onClick={onTake}>
        取り込む
      </Button>
    </div>
  )
}

function Done({ choice }: { choice: KindChoice }) {
  const { config } = useConfig()
  return (
    <p>
      <a href={`${config.routes.admin}${choice.listPath}?sort=-updatedAt`}>
        一覧で確かめる(新しい順)
      </a>
    </p>
  )
}
