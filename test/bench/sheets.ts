import { MANUSCRIPT_COLUMNS } from '../../src/import/columns'
import { readImportFile } from '../../src/table/importFile'
import { runImport } from '../../src/import/runImport'
import { writeSheet } from '../../src/import/writeSheet'
import { openCmsFixture } from './cmsFixture'
import type { Host } from './host'
import { repeat } from './repeat'

const ROWS = 500
const ROUNDS = 3

const BODY = '今日は少し早めに休みましょう。困ったときは、町の窓口へお電話ください。\n'.repeat(12)

/**
 * A workbook of 500 manuscripts, in milliseconds: looked at first, taken in, taken in again as it
 * is, and with each text changed.
 */
export async function benchSheets(host: Host): Promise<object> {
  const { payload, users } = await openCmsFixture(host, 'sheets')
  const user = { ...users.hana, collection: 'users' as const }
  const take = async (mark: string, { from, isDryRun }: { from: number; isDryRun: boolean }) => {
    const source = await readImportFile(await sheetOf(from, mark))
    const startedAt = performance.now()
    const input = { kind: 'manuscripts' as const, source, isDryRun, now: () => new Date() }
    const { problems } = await runImport({ payload, user, ...input })
    if (problems.length > 0) throw new Error(problems[0]?.message)
    return performance.now() - startedAt
  }
  try {
    const figures = await repeat(host.isQuick ? 1 : ROUNDS, async (round) => {
      const from = round * ROWS
      return {
        dryRunMs: await take('', { from, isDryRun: true }),
        importMs: await take('', { from, isDryRun: false }),
        sameAgainMs: await take('', { from, isDryRun: false }),
        changedMs: await take('(改)', { from, isDryRun: false }),
      }
    })
    return { rows: ROWS, ...figures }
  } finally {
    await payload.destroy()
  }
}

function sheetOf(from: number, mark: string): Promise<Uint8Array> {
  const rows = Array.from({ length: ROWS }, (_, index) => ({
    series: 'child',
    slot: `day${from + index}`,
    title: `見本 ${from + index}`,
    subject: `見本の件名${mark}`,
    body: BODY,
    topics: 'daily',
  }))
  const columns = MANUSCRIPT_COLUMNS.filter(({ name }) => name !== 'id')
  return writeSheet(rows, { columns, format: 'xlsx', name: '原稿' })
}
