import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

import { memoryOf } from '../bench/memory'
import { slopeOf } from './latencies'

/** How often the memory of the programs is looked at. */
const LOOK_MS = 5000

/** Of the looks, the first share is the programs' warming up. */
const WARM_UP = 0.3

/** Looks at a program's memory over the load: at its beginning, its end, and how it goes. */
export async function watchMemory(program: ChildProcess, signal: AbortSignal) {
  const startedAt = performance.now()
  const looks: { at: number; value: number }[] = []
  while (!signal.aborted) {
    const { residentMb: value } = await memoryOf(program)
    looks.push({ at: (performance.now() - startedAt) / 60_000, value })
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined)
  }
  const warm = looks.slice(Math.floor(looks.length * WARM_UP))
  const { residentMb: last, peakMb } = await memoryOf(program)
  const mbPerMinute = Math.round(slopeOf(warm) * 100) / 100
  return { firstMb: looks[0]?.value ?? 0, lastMb: last, peakMb, mbPerMinute }
}
