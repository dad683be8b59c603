import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'

import { tryLock } from 'fs-native-extensions'

/** Ends a lock that was taken; a second time it does nothing. */
export type Release = () => void

/**
 * Takes a lock on a file, alone or shared with others who share it, or gives null when it is held.
 *
 * The system keeps the lock, not the file: it ends with the process, however that ends, and a copy of
 * the file is held by nobody. The file is never removed, so that all lock the same one.
 */
export function takeFileLock(path: string, kind: 'alone' | 'shared'): Release | null {
  mkdirSync(dirname(path), { recursive: true })
  const file = openSync(path, 'a+')
  try {
    if (tryLock(file, { shared: kind === 'shared' })) return once(() => closeSync(file))
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
