'use client'

import { useAllFormFields, useDocumentInfo, useFormModified } from '@payloadcms/ui'
import { reduceFieldsToValues } from 'payload/shared'
import { useMemo } from 'react'

import { useAnswer } from '../api/useAnswer'
import './municipality.css'

interface Effect {
  releases: { title: string; names: string[] }[]
  missing: string[]
}

/** How long the clerk must have stopped typing. */
const PAUSE_MS = 500

/** What the words on the screen would change for readers, before they are saved. */
export function WordsEffect() {
  const isModified = useFormModified()
  const effect = useEffectOfWords(isModified)
  if (!isModified || !effect) return null
  const { releases, missing } = effect
  if (releases.length === 0 && missing.length === 0) return null
  return (
    <section
      className="kizuna-municipality__effect"
      aria-label="この変更が届くところ"
      role="status"
    >
      {releases.length > 0 && (
        <>
          <p>
            <strong>この変更は {releases.length} 件の確定版に反映されます。</strong>
            保存すると、内容はそのまま、差し込み語だけが新しい確定版になります。承認のやり直しは要りません。
          </p>
          <ul>
            {releases.map(({ title, names }) => (
              <li key={title}>
                {title}({names.join('、')})
              </li>
            ))}
          </ul>
        </>
      )}
      {missing.map((sentence) => (
        <p key={sentence} className="kizuna-municipality__stop">
          {sentence}
        </p>
      ))}
    </section>
  )
}

/** What the CMS says about the words on the screen; it is not asked before something changes. */
function useEffectOfWords(isModified: boolean): Effect | null {
  const { id } = useDocumentInfo()
  const [fields] = useAllFormFields()
  const body = useMemo(() => {
    const values = reduceFieldsToValues(fields, true) as { contactVariables?: unknown }
    return JSON.stringify({ contactVariables: values.contactVariables ?? [] })
  }, [fields])
  const isAsked = id !== undefined && isModified
  return useAnswer<Effect>({
    path: isAsked ? `/municipalities/${id}/words-effect` : null,
    body,
    pauseMs: PAUSE_MS,
  })
}
