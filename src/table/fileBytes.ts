import { open } from 'node:fs/promises'

import { FILE_TOO_LARGE, MAX_FILE_BYTES } from './fileLimits'
import { ImportFileError } from './importFileError'

/**
 * The bytes of a file at a path; its size is asked before any of it is read.
 *
 * @throws ImportFileError when it is larger than a file may be, or none; whatever opening it throws.
 */
export async function fileBytes(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const stats = await file.stat()
    if (!stats.isFile()) throw new ImportFileError('ファイルではありません。')
    if (stats.size > MAX_FILE_BYTES) throw new ImportFileError(FILE_TOO_LARGE)
    return await file.readFile()
  } finally {
    await file.close()
  }
}
