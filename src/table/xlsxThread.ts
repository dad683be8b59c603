// A thread that reads workbooks, one message each; it answers what it read, or why it cannot be read.
import { serialize } from 'node:v8'
import { parentPort } from 'node:worker_threads'

import { ImportFileError } from './importFileError'
import type { Line } from './lines'
import { readXlsx } from './xlsx'

/** What the thread answers. */
export type ThreadAnswer = ReadBook | { refusal: string } | { fault: string }

/** A workbook in parts, each of which is soon made into lines again. */
export interface ReadBook {
  sheet: string
  parts: Uint8Array<ArrayBuffer>[]
}

/** So many cells are made again in a few milliseconds. */
const CELLS_OF_PART = 4000

parentPort?.on('message', (bytes: Uint8Array) => void answer(bytes))

async function answer(bytes: Uint8Array): Promise<void> {
  try {
    const { sheet, lines } = await readXlsx(Buffer.from(bytes))
    const parts = partsOf(lines).map((part) => new Uint8Array(serialize(part)))
    const read: ReadBook = { sheet, parts }
    parentPort?.postMessage(
      read,
      parts.map(({ buffer }) => buffer),
    )
  } catch (error) {
    const isRefusal = error instanceof ImportFileError
    const { message, stack = message } = error as Error
    parentPort?.postMessage(isRefusal ? { refusal: message } : { fault: stack })
  }
}

function partsOf(lines: readonly Line[]): Line[][] {
  const parts: Line[][] = []
  let left = 0
  for (const line of lines) {
    if (left <= 0) {
      parts.push([])
      left = CELLS_OF_PART
    }
    parts.at(-1)?.push(line)
    left -= line.cells.length
  }
  return parts
}
