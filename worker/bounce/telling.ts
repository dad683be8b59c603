import { createPauses } from '../deliver/pause'

/** How long the same is not told again by this process. */
const TOLD_MS = 3600_000

interface TellingOptions {
  now: () => Date
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

/** Tells a person, of hundreds of refusals for one reason once an hour; `about` is that reason. */
export function createTelling({ now, onAlert }: TellingOptions) {
  const told = createPauses({ now })
  return (code: string, about: string, detail: Record<string, unknown>): void => {
    const key = `${code} ${about}`
    if (told.isStopped(key)) return
    told.stop(key, TOLD_MS)
    onAlert(code, detail)
  }
}

/** Tells a person. */
export type Telling = ReturnType<typeof createTelling>
