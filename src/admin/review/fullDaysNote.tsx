'use client'

import { useEffect, useState } from 'react'

import type { FullDays } from '../../review/queries/fullDaysOfText'
import { useApi } from '../api/useApi'

/**
 * Municipalities in which `/kizuna-manuscripts/<id>` and what arrives beside it would be too much, before it
 * is published.
 */
export function FullDaysNote({ path }: { path: string }) {
  const { ask } = useApi()
  const [found, setFound] = useState<FullDays | null>(null)
  useEffect(() => {
    void ask<FullDays>(`${path}/full-days`).then((answer) => {
      if (answer.isDone) setFound(answer.body)
    })
  }, [ask, path])
  if (!found || (found.towns === 0 && !found.isPartial)) return null
  const left = found.towns - new Set(found.sentences.map(townIn)).size
  return (
    <div role="alert">
      {found.towns > 0 && (
        <p>
          <strong>一緒に届くものが多すぎる自治体が {found.towns} あります。</strong>
          公開はできますが、その自治体の読者には全部が届きません。自治体の担当者に、先に知らせてください。
        </p>
      )}
      <ul>
        {found.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {left > 0 && <p>ほか {left} 自治体</p>}
      {found.isPartial && <p>時間がかかるため、一部の自治体だけを確かめました。</p>}
    </div>
  )
}

function townIn(sentence: string): string {
  return sentence.split(':')[0] ?? ''
}
