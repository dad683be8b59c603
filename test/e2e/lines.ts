import { watch } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'

/** What programs print, kept and waited for. */
export interface Lines {
  text: () => string
  /** Resolves when the words were printed. */
  until: (words: string) => Promise<void>
}

/** Collects what streams print. */
export function createLines(...streams: Readable[]): Lines {
  let printed = ''
  const listeners = new Set<() => void>()
  for (const stream of streams) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      for (const listener of listeners) listener()
    })
  }
  const until = (words: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!printed.includes(words)) return
        listeners.delete(look)
        resolve()
      }
      listeners.add(look)
      look()
    })
  return { text: () => printed, until }
}

/** How often some words stand in a log file. */
export async function countIn(path: string, words: string): Promise<number> {
  return (await readFile(path, 'utf8')).split(words).length - 1
}

/** Resolves when some words stand in a log file more often than before. */
export async function untilMoreIn(path: string, words: string, before: number): Promise<void> {
  const changes = watch(path)
  try {
    await new Promise<void>((resolve, reject) => {
      const look = () =>
        void countIn(path, words).then((count) => count > before && resolve(), reject)
      changes.on('change', look).on('error', reject)
      look()
    })
  } finally {
    changes.close()
  }
}
