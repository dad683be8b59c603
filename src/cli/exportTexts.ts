import { writeFile } from 'node:fs/promises'

import { createLocalReq } from 'payload'

import type { SheetWord } from '../release/contentKind'
import { openCms } from './openCms'
import type { ImportCliIo } from './importTexts'
import { runExport } from '../import/runExport'

/** `export manuscripts|addons FILE.xlsx|FILE.csv`, its arguments already read. */
export interface ExportCliArgs {
  kind: SheetWord
  path: string
  isJson: boolean
}

/**
 * Exports all documents for the operator at the shell; the name's ending says the format.
 *
 * @returns the exit code: 0 done, 1 the file cannot be written.
 */
export async function exportTexts(
  { kind, path, isJson }: ExportCliArgs,
  io: ImportCliIo,
): Promise<number> {
  const format = path.toLowerCase().endsWith('.xlsx') ? 'xlsx' : 'csv'
  const cms = await openCms(io.env, io.ownNow)
  try {
    const req = await createLocalReq({}, cms.payload)
    const args = { kind, format, owner: null, isUsersOwn: false } as const
    const { bytes, documents } = await runExport(req, args)
    await writeFile(path, bytes)
    await io.out(
      isJson
        ? JSON.stringify({ path, format, documents })
        : `${documents} 件を ${path} に書き出しました。`,
    )
    return 0
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    await io.err(`${path} に書けません。場所と名前を確かめてください。`)
    return 1
  } finally {
    await cms.close()
  }
}
