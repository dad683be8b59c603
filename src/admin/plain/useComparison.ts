'use client'

import { toast } from '@payloadcms/ui'
import { useCallback, useState } from 'react'

import type { Comparison } from '../../plain/standard'
import { useCms } from '../api/useApi'

/** One easy text beside its standard one, and the step that brings it in line. */
export function useComparison(id: string, onAligned?: () => void) {
  const ask = useCms()
  const [comparison, setComparison] = useState<Comparison | null>(null)
  const [sentences, setSentences] = useState<string[]>([])

  const call = useCallback(
    async (path: string, body?: object) => {
      const answer = await ask(`/manuscripts/${id}/${path}`, body ? { body } : {})
      if (answer.isDone) setComparison(answer.body as Comparison)
      setSentences(answer.isDone ? [] : answer.sentences)
      return answer.isDone
    },
    [ask, id],
  )
  const load = useCallback(() => call('standard'), [call])
  const align = async () => {
    if (!(await call('align', { standardHash: comparison?.standard?.hash }))) return
    toast.success('標準版に合わせたと記録しました。')
    onAligned?.()
  }
  return { comparison, sentences, load, align }
}
