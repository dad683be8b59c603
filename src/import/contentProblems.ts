import { checkDay, checkHttps, type Verdict } from '../fields/checks'
import { CONTENT_KINDS, type ContentKind } from '../release/contentKind'
import { checkContent } from '../release/limits'
import { freezeContent } from '../review/rules/freeze'
import type { StoredDocument } from '../review/rules/freeze'
import { placeInFile } from './placeInFile'
import type { HalfRead, ImportItem } from './plan'
import type { ImportProblem } from './report'

interface Target {
  kind: ContentKind
  /** What the item would be written over. */
  stored: Readonly<StoredDocument> | undefined
}

/** What is wrong with the content as it would stand after the import, each in its cell. *Pure.* */
export function contentProblems(item: ImportItem, { kind, stored }: Target): ImportProblem[] {
  return found(item, { kind, stored }).map(({ place, message }) => ({ ...place, message }))
}

/**
 * What is wrong besides the cells that are refused, so that nobody mends a row twice; what may only
 * follow from a cell that could not be read is left out. *Pure.*
 */
export function furtherProblems(item: HalfRead, target: Target): ImportProblem[] {
  const { refused, data } = item
  const owner = CONTENT_KINDS[target.kind].ownerField
  const isUnread = (columns: ReadonlySet<string>) =>
    refused.some(({ column }) => column === null || columns.has(column))
  const inContent = found(item, target)
    .filter(({ field, code }) => {
      if (field === 'blocks') return data.blocks !== undefined && !isUnread(BLOCKS)
      // Whether the last day is in asks nothing of ends that are the wrong way round.
      if (field === 'to' && data.from !== data.to) return !isUnread(ENDS)
      if (code === 'UNKNOWN_VARIABLE') return data[owner] !== undefined
      return !(TOGETHER.has(field) && isUnread(TOGETHER))
    })
    .map(({ place, message }) => ({ ...place, message }))
  return [...inContent, ...sourceProblems(item)].filter(
    (problem) =>
      !refused.some(({ line, column }) => line === problem.line && column === problem.column),
  )
}

/** Sources are no part of the content; the form's checks do not come to a row that is refused. */
function sourceProblems({ line, data }: ImportItem): ImportProblem[] {
  const sources = (data.sources ?? []) as { title: string; url: string; accessedOn: string }[]
  return sources.flatMap(({ title, url, accessedOn }) => {
    const verdicts: Verdict[] = [
      title.trim() === '' ? NO_TITLE : true,
      checkHttps(url),
      checkDay(accessedOn),
    ]
    return verdicts.flatMap((message) =>
      message === true ? [] : [{ line, column: 'sources', message }],
    )
  })
}

const NO_TITLE =
  '出典に、資料の名前がありません。「資料の名前|アドレス|確認した日」の順に書いてください。'

/** Settings that are judged by each other. */
const TOGETHER: ReadonlySet<string> = new Set(
  'slot kind ageBasis monthRule from to timing isEndIncluded'.split(' '),
)
/** Where a range begins and ends. */
const ENDS: ReadonlySet<string> = new Set(['from', 'to'])
/** Columns without which a block is not read. */
const BLOCKS: ReadonlySet<string> = new Set(['block', 'contact'])

function found(item: ImportItem, { kind, stored }: Target) {
  const content = freezeContent(kind, { ...stored, ...item.data }, '')
  const problems = checkContent(content, { variables: Object.keys(item.variables) })
  return problems.map((problem) => ({ ...problem, place: placeInFile(item, problem.field) }))
}
