import type { PayloadRequest } from 'payload'

import { saverOf } from '../review/gate/staleSaves'
import { japaneseMoment } from '../stage/japaneseDate'
import type { FieldChange } from './changes'
import type { Existing } from './existing'
import { exportMark, isExportMark } from './exportMark'
import type { ImportItem } from './plan'
import type { ImportProblem } from './report'
import type { ContentKind } from '../release/contentKind'

/** A row that would write over a stored document. */
interface Overwriting {
  kind: ContentKind
  found: Existing
  /** From what is stored to what the file says. */
  changes: FieldChange[]
}

/**
 * A row that was exported before somebody changed its document: with who and when, and both
 * versions. A file that was made by hand carries no mark: its dry run shows what it changes.
 */
export async function staleRowProblem(
  req: PayloadRequest,
  { line, label, mark }: ImportItem,
  { kind, found, changes }: Overwriting,
): Promise<ImportProblem | null> {
  if (mark === null || mark === exportMark(kind, found.document)) return null
  if (!isExportMark(mark)) return { line, column: 'mark', message: unreadable(mark), value: mark }
  const who = await saverOf(req, found.document)
  const when = japaneseMoment(String(found.document.updatedAt))
  const where = changes.map((change) => change.label).join('、')
  const message = `「${label}」は、書き出したあとで、${who} ${when} に保存しています(いまの内容とファイルで違うところ: ${where})。取り込むと、その直しが消えます。いまの内容のままにするなら、この行をファイルから消してください。ファイルの内容にするなら、いまの内容と見比べて要るところを書き写し、この行の「書き出しの印」を空にしてから取り込んでください。`
  return { line, column: 'mark', message, changes }
}

function unreadable(mark: string): string {
  return `「${mark}」は、書き出したときの印ではありません。書き出し直すか、元の印に戻してください。`
}
