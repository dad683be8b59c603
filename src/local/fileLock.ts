import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'

import { tryLock } from 'fs-native-extensions'

/** Gives a lock up; a second time it does nothing. */
export type Release = () => void

/** A lock that was taken; a program that inherits its file has it too, until both are gone. */
export interface FileLock {
  file: number
  release: Release
}

/**
 * Takes a lock on a file, alone or shared with others who share it, or gives null when it is held.
 *
 * The system keeps the lock, not the file: it ends with the process, however that ends, and a copy of
 * the file is held by nobody. The file is never removed, so that all lock the same one.
 */
export function takeFileLock(path: string, kind: 'alone' | 'shared'): FileLock | null {
  mkdirSync(dirname(path), { recursive: true })
  const file = openSync(path, 'a+')
  try {
    const isTaken = tryLock(file, { shared: kind === 'shared' })
    if (isTaken) return { file, release: once(() => closeSync(file)) }
  } catch (error) {
    closeSync(file)
    throw error
  }
  closeSync(file)
  return null
}

/** A number that was closed may be another file's by the second time. */
function once(close: () => void): Release {
  let isOpen = true
  return () => {
    if (isOpen) close()
    isOpen = false
  }
}
