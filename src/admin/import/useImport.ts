'use client'

import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'

import { FILE_TOO_LARGE, MAX_FILE_BYTES } from '../../import/fileLimits'
import type { ImportKind, ImportReport } from '../../import/report'

const UNREACHABLE = '通信できませんでした。つながりを確かめて、もう一度お試しください。'

/** Sends a file for a dry run, and again to be taken in exactly as the dry run has shown. */
export function useImport(kind: ImportKind) {
  const { config } = useConfig()
  const [report, setReport] = useState<ImportReport | null>(null)
  const [sentence, setSentence] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  const send = async (file: File, query: Record<string, string>) => {
    setBusy(true)
    setSentence(null)
    const search = new URLSearchParams({ kind, ...query })
    const url = `${config.serverURL}${config.routes.api}/sheets/import?${search}`
    const answer = await post(url, file)
    setReport('report' in answer ? answer.report : null)
    setSentence('sentence' in answer ? answer.sentence : null)
    setBusy(false)
  }
  return {
    report,
    sentence,
    isBusy,
    check: (file: File) => send(file, { dryRun: 'true' }),
    take: (file: File) => send(file, { dryRun: 'false', agreedTo: report?.fingerprint ?? '' }),
    forget: () => {
      setReport(null)
      setSentence(null)
    },
  }
}

async function post(
  url: string,
  file: File,
): Promise<{ report: ImportReport } | { sentence: string }> {
  if (file.size > MAX_FILE_BYTES) return { sentence: FILE_TOO_LARGE }
  try {
    const response = await fetch(url, {
      method: 'POST',
      credentials: 'include',
      body: file,
      headers: { 'Accept-Language': 'ja', 'Content-Type': 'application/octet-stream' },
    })
    const answer = (await response.json()) as ImportReport & { errors?: { message: string }[] }
    if (response.ok) return { report: answer }
    return { sentence: answer.errors?.[0]?.message ?? UNREACHABLE }
  } catch {
    return { sentence: UNREACHABLE }
  }
}
