import { setImmediate } from 'node:timers/promises'

import type { Steps } from '../table/steps'

interface Turns {
  /** Lets everybody else's work go on. */
  pause?: () => Promise<void>
  nowMs?: () => number
}

/** How long one person's work goes on before the others get their turn. */
export const TURN_MS = 20

/** Does work whose size a person decides, in turns with everybody else's. */
export async function inTurns<T>(
  steps: Steps<T>,
  { pause = setImmediate, nowMs = () => performance.now() }: Turns = {},
): Promise<T> {
  let since = nowMs()
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    if (nowMs() - since < TURN_MS) continue
    await pause()
    since = nowMs()
  }
}
