'use client'

import { useKeptWords } from '../keptWords'
import { keepCalls, keptCalls } from './callAt'
import type { Said } from './mentionField'

/** What somebody is writing and has not sent yet, whom they call included: it outlives the page. */
export function useKeptSaid(place: string): readonly [said: Said, setSaid: (said: Said) => void] {
  const [text, setText] = useKeptWords(place)
  const [called, setCalled] = useKeptWords(`${place} called`)
  const setSaid = (said: Said) => {
    setText(said.text)
    setCalled(keepCalls(said.mentions))
  }
  return [{ text, mentions: keptCalls(called) }, setSaid]
}
