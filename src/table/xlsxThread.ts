// A thread that reads workbooks, one message each; it answers what it read, or why it cannot be read.
import { serialize } from 'node:v8'
import { parentPort } from 'node:worker_threads'

import { slicesOf } from '../release/slices'
import { ImportFileError } from './importFileError'
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
    const parts = slicesOf(lines, CELLS_OF_PART, ({ cells }) => cells.length).map(
      (part) => new Uint8Array(serialize(part)),
    )
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
