import { basename } from 'node:path'

import type { Payload } from 'payload'

import { fileBytes } from '../table/fileBytes'
import { ImportFileError } from '../table/importFileError'
import { readImportTable, type ImportTable } from '../table/importFile'
import { openCms } from './openCms'
import { reportLines } from '../import/report'
import { runImport } from '../import/runImport'
import type { ImportArgs } from '../import/runImport'

/** `import manuscripts|addons FILE [--dry-run] [--json]`, its arguments already read. */
export interface ImportCliArgs extends Pick<ImportArgs, 'kind' | 'isDryRun'> {
  path: string
  isJson: boolean
}

/** What the command uses of the world; the command line's own `CliIo` fits. */
export interface ImportCliIo {
  out: (line: string) => Promise<void>
  err: (line: string) => Promise<void>
  env: Readonly<Record<string, string | undefined>>
  /** This machine's clock. */
  ownNow: () => Date
}

/**
 * Imports a file for the operator at the shell and prints the report.
 *
 * @returns the exit code: 0 done, 1 the file was refused and nothing is written.
 */
export async function importTexts(args: ImportCliArgs, io: ImportCliIo): Promise<number> {
  const table = await readTable(args.path, io)
  if (table === null) return 1
  const cms = await openCms(io.env, io.ownNow)
  try {
    const { payload, now } = cms
    return await importTable({ ...args, ...table, payload, now }, io)
  } finally {
    await cms.close()
  }
}

async function importTable(
  { isJson, ...args }: ImportCliArgs & ImportTable & { payload: Payload; now: () => Date },
  io: ImportCliIo,
): Promise<number> {
  const report = await runImport({ ...args, user: null })
  if (isJson) await io.out(JSON.stringify(report))
  else for (const line of reportLines(report, basename(args.path))) await io.out(line)
  return report.problems.length > 0 ? 1 : 0
}

async function readTable(path: string, io: ImportCliIo): Promise<ImportTable | null> {
  try {
    return await readImportTable(await fileBytes(path))
  } catch (error) {
    const isOurs = error instanceof ImportFileError
    await io.err(
      isOurs
        ? `${basename(path)}: ${error.message}`
        : `${path} を読めません。場所と名前を確かめてください。`,
    )
    return null
  }
}
