'use client'

import { Button } from '@payloadcms/ui'

import type { SubmitProgress } from '../../renewal/submitUnchanged'
import { useRenewal } from './useRenewal'
import { RenewalNews } from './renewalNews'
import './renewal.css'

/** Hands all texts that nobody has changed to the reviewers. */
export function SubmitAll({ id, count }: { id: string; count: number }) {
  const renewal = useRenewal()
  const submitAll = async () => {
    let submitted = 0
    const refused = new Set<string>() // each call meets them again
    for (;;) {
      const step = await renewal.call<SubmitProgress>(`/${id}/submit`)
      submitted += step.submitted
      for (const sentence of step.refused) refused.add(sentence)
      renewal.setNews(`${submitted} 件を監修に出しました。残り ${step.left} 件です。`)
      if (step.left === 0 || step.submitted === 0) break
    }
    if (refused.size > 0) throw new Error([...refused].join('\n'))
  }
  if (count === 0 && renewal.news === null) return null
  return (
    <section className="kizuna-panel" aria-label="変更のない原稿">
      {count > 0 && (
        <>
          <p>
            変更のない下書きが {count}{' '}
            件あります。監修者には「元の原稿と同じ内容」と伝わり、承認し直すだけで済みます。
          </p>
          <Button
            margin={false}
            disabled={renewal.isOff}
            onClick={() => void renewal.run(submitAll)}
          >
            {renewal.isBusy ? '出しています…' : '変更のない原稿をまとめて監修に出す'}
          </Button>
        </>
      )}
      <RenewalNews renewal={renewal} />
    </section>
  )
}
