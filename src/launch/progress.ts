/** Prints what the launcher is doing, so that a long step never looks like a stopped one. */
export interface Progress {
  /** Runs a step, prints its name, a line every ten seconds, and how long it took. */
  step: <T>(name: string, work: () => Promise<T>) => Promise<T>
  line: (text: string) => void
}

interface ProgressOptions {
  write: (text: string) => void
  now: () => number
}

/** Progress as plain lines, readable in a log file too. */
export function createProgress({ write, now }: ProgressOptions): Progress {
  const line = (text: string) => write(`${text}\n`)
  const step = async <T>(name: string, work: () => Promise<T>) => {
    const startedAt = now()
    const seconds = () => ((now() - startedAt) / 1000).toFixed(1)
    line(`… ${name}`)
    const timer = setInterval(() => line(`  …続いています(${seconds()} 秒)`), 10_000)
    try {
      const result = await work()
      line(`✓ ${name}(${seconds()} 秒)`)
      return result
    } finally {
      clearInterval(timer)
    }
  }
  return { step, line }
}
