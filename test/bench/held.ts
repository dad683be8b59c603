import { inTurns } from '../../src/cms/inTurns'
import { MANUSCRIPT_COLUMNS } from '../../src/import/columns'
import { writeSheet, type SheetFormat } from '../../src/import/writeSheet'
import { readImportTable } from '../../src/table/importFile'
import { sheetSteps } from '../../src/table/sheet'
import { heldMs } from './heldMs'
import { benchHeldRequests } from './heldRequests'
import type { Host } from './host'
import { repeat } from './repeat'

const ROUNDS = 3
const TEXTS = 2500
/** So many rows of the body below are nearly ten megabytes, the largest file that is read. */
const ROWS_OF_LARGEST = 5000

const BODY = 'からだの調子に合わせて、無理なくお過ごしください。'.repeat(24)

/**
 * How long the largest files and the costliest requests hold everybody else's, in milliseconds: the
 * longest time in one go, not the whole.
 */
export async function benchHeld(host: Host): Promise<object> {
  const csv = await fileOf(ROWS_OF_LARGEST, 'csv')
  const workbook = await fileOf(TEXTS, 'xlsx')
  const files = await repeat(host.isQuick ? 1 : ROUNDS, async () => ({
    readLargestCsvMs: await heldMs(() => read(csv)),
    readWorkbookMs: await heldMs(() => read(workbook)),
    writeWorkbookMs: await heldMs(() => fileOf(TEXTS, 'xlsx')),
  }))
  return { ...files, ...(await benchHeldRequests(host)) }
}

async function read(bytes: Uint8Array): Promise<void> {
  const { source } = await readImportTable(bytes)
  const { problems } = await inTurns(sheetSteps(source, MANUSCRIPT_COLUMNS))
  if (problems.length > 0) throw new Error(problems[0]?.message)
}

function fileOf(count: number, format: SheetFormat): Promise<Uint8Array> {
  const rows = Array.from({ length: count }, (_, index) => ({
    series: 'child',
    slot: `day${index}`,
    title: `見本 ${index}`,
    subject: '見本の件名',
    body: BODY,
    topics: 'daily',
  }))
  const columns = MANUSCRIPT_COLUMNS.filter(({ name }) => name !== 'id')
  return writeSheet(rows, { columns, format, name: '原稿' })
}
