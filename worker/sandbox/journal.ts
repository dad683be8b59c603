import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** Where an entry lies in a journal's file. */
export interface Place {
  offset: number
  length: number
}

/** An append-only NDJSON file; an entry is in it before `append` returns. */
export interface Journal<T> {
  /** Calls back with each entry that was in the file when it was opened. */
  replay(each: (entry: T, place: Place) => void): void
  append(entry: T): Place
  read(place: Place): T
  close(): void
}

/** Opens a journal; what a crash left of a half-written last line is cut off. */
export function openJournal<T>(path: string): Journal<T> {
  mkdirSync(dirname(path), { recursive: true })
  const before = existsSync(path) ? readFileSync(path) : Buffer.alloc(0)
  let end = before.lastIndexOf('\n') + 1
  if (end < before.length) truncateSync(path, end)
  const file = openSync(path, 'a+')
  return {
    replay: (each) => replayLines(before.subarray(0, end), each),
    append(entry) {
      const line = Buffer.from(`${JSON.stringify(entry)}\n`)
      for (let written = 0; written < line.length;) {
        written += writeSync(file, line, written)
      }
      const place = { offset: end, length: line.length }
      end += line.length
      return place
    },
    read({ offset, length }) {
      const line = Buffer.alloc(length)
      readSync(file, line, 0, length, offset)
      return JSON.parse(line.toString()) as T
    },
    close: () => closeSync(file),
  }
}

/** A journal that keeps its entries in memory only. */
export function memoryJournal<T>(): Journal<T> {
  const entries: T[] = []
  return {
    replay: () => undefined,
    append: (entry) => ({ offset: entries.push(entry) - 1, length: 1 }),
    read({ offset }) {
      const entry = entries[offset]
      if (entry === undefined) throw new RangeError('No such entry')
      return entry
    },
    close: () => undefined,
  }
}

function replayLines<T>(file: Buffer, each: (entry: T, place: Place) => void): void {
  for (let offset = 0; offset < file.length;) {
    const next = file.indexOf('\n', offset) + 1
    const line = file.subarray(offset, next).toString()
    each(JSON.parse(line) as T, { offset, length: next - offset })
    offset = next
  }
}
