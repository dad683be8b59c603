import type { PayloadRequest } from 'payload'

import { httpRefusal } from '../cms/endpoint'
import { FILE_TOO_LARGE, MAX_FILE_BYTES } from '../table/fileLimits'
import { readImportTable, type ImportTable } from '../table/importFile'
import { ImportFileError } from '../table/importFileError'

/**
 * The table that was sent as the body.
 *
 * @throws with a Japanese sentence, 413 where it is too large and 400 where it is no table.
 */
export async function sentTable(req: PayloadRequest): Promise<ImportTable> {
  return tableOf(await bodyOf(req))
}

/** The body, and never more of it than a file may have: a larger one is not read to its end. */
async function bodyOf(req: PayloadRequest): Promise<Buffer> {
  if (Number(req.headers.get('content-length') ?? 0) > MAX_FILE_BYTES) {
    throw httpRefusal(FILE_TOO_LARGE, 413)
  }
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = req.body?.getReader()
  for (;;) {
    const { value } = (await reader?.read()) ?? {}
    if (!value) return Buffer.concat(chunks)
    length += value.length
    if (length > MAX_FILE_BYTES) {
      await reader?.cancel()
      throw httpRefusal(FILE_TOO_LARGE, 413)
    }
    chunks.push(value)
  }
}

async function tableOf(bytes: Buffer): Promise<ImportTable> {
  try {
    return await readImportTable(bytes)
  } catch (error) {
    throw error instanceof ImportFileError ? httpRefusal(error.message, 400) : error
  }
}
