'use client'

import { useState } from 'react'

import type { SheetWord } from '../../release/contentKind'
import { FILE_TOO_LARGE, MAX_FILE_BYTES } from '../../table/fileLimits'
import type { ImportReport } from '../../import/report'
import { useApi } from '../api/useApi'

/** Sends a file for a dry run, and again to be taken in exactly as the dry run has shown. */
export function useImport(kind: SheetWord) {
  const { call, isBusy, errors, setErrors } = useApi()
  const [report, setReport] = useState<ImportReport | null>(null)

  const send = async (file: File, query: Record<string, string>) => {
    if (file.size > MAX_FILE_BYTES) {
      setReport(null)
      setErrors([FILE_TOO_LARGE])
      return
    }
    setErrors([])
    const search = new URLSearchParams({ kind, ...query })
    const answer = await call<ImportReport>(`/sheets/import?${search}`, { body: file })
    setReport(answer.isDone ? answer.body : null)
  }
  return {
    report,
    errors,
    isBusy,
    check: (file: File) => send(file, { dryRun: 'true' }),
    take: (file: File) => send(file, { dryRun: 'false', agreedTo: report?.fingerprint ?? '' }),
    forget: () => {
      setReport(null)
      setErrors([])
    },
  }
}
