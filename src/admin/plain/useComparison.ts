'use client'

import { toast } from '@payloadcms/ui'
import { useCallback, useState } from 'react'

import type { Comparison } from '../../plain/standard'
import { useApi } from '../api/useApi'

/** One easy text beside its standard one, and the step that brings it in line. */
export function useComparison(id: string, onAligned?: () => void) {
  const { call, errors } = useApi()
  const [comparison, setComparison] = useState<Comparison | null>(null)
  const base = `/kizuna-manuscripts/${id}`

  const load = useCallback(async () => {
    const answer = await call<Comparison>(`${base}/standard`)
    if (answer.isDone) setComparison(answer.body)
  }, [call, base])
  const align = async () => {
    const body = { standardHash: comparison?.standard?.hash }
    const answer = await call<Comparison>(`${base}/align`, { body })
    if (!answer.isDone) return
    setComparison(answer.body)
    toast.success('標準版に合わせたと記録しました。')
    onAligned?.()
  }
  return { comparison, errors, load, align }
}
