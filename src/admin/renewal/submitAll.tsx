'use client'

import { Button } from '@payloadcms/ui'

import type { SubmitProgress } from '../../renewal/submitUnchanged'
import { useWork } from './useWork'
import { WorkNews } from './workNews'
import './renewal.css'

/** Hands all texts that nobody has changed to the reviewers. */
export function SubmitAll({ id, count }: { id: string; count: number }) {
  const work = useWork()
  const submitAll = async () => {
    let submitted = 0
    const refused = new Set<string>() // each call meets them again
    for (;;) {
      const step = await work.call<SubmitProgress>(`/${id}/submit`)
      submitted += step.submitted
      for (const sentence of step.refused) refused.add(sentence)
      work.setNews(`${submitted} 件を監修に出しました。残り ${step.left} 件です。`)
      if (step.left === 0 || step.submitted === 0) break
    }
    if (refused.size > 0) throw new Error([...refused].join('\n'))
  }
  if (count === 0 && work.news === null) return null
  return (
    <section className="kizuna-panel" aria-label="変更のない原稿">
      {count > 0 && (
        <>
          <p>
            変更のない下書きが {count}{' '}
            件あります。監修者には「元の原稿と同じ内容」と伝わり、承認し直すだけで済みます。
          </p>
          <Button margin={false} disabled={work.isOff} onClick={() => void work.run(submitAll)}>
            {work.isBusy ? '出しています…' : '変更のない原稿をまとめて監修に出す'}
          </Button>
        </>
      )}
      <WorkNews work={work} />
    </section>
  )
}
