'use client'

import { useState } from 'react'

import { Hydrated } from '../fields/useHydrated'
import { ActPanel } from './actPanel'

interface StopFormProps {
  /** What the person may stop, and what it is called. */
  scopes: readonly { scope: string; words: string }[]
}

const WHAT =
  'いま渡している分のあとは、1 通も送りません。計画は進み、再開すると時間内の残りを送ります。時間を過ぎた分は送らず、「お休み中」と記録します'

/** 「配信を止める」: everything, a municipality, a LINE account or all mail. */
export function StopForm({ scopes }: StopFormProps) {
  const [wanted, setWanted] = useState<string | null>(null)
  const chosen = scopes.find(({ scope }) => scope === wanted) ?? scopes[0]
  if (!chosen) return null
  const { scope, words } = chosen
  return (
    <details className="kizuna-stop">
      <summary>配信を止める</summary>
      <Hydrated>
        <div className="kizuna-held">
          {scopes.length > 1 && (
            <label>
              止めるもの
              <select value={scope} onChange={(event) => setWanted(event.target.value)}>
                {scopes.map((one) => (
                  <option key={one.scope} value={one.scope}>
                    {one.words}
                  </option>
                ))}
              </select>
            </label>
          )}
        </div>
      </Hydrated>
      <ActPanel
        key={scope}
        asked={null}
        mayAct
        choices={[
          {
            act: { kind: 'halt', scope, isOn: true },
            label: `${words}を止める`,
            what: WHAT,
          },
        ]}
      />
    </details>
  )
}
