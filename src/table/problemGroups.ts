import { grouped } from '../release/grouped'
import { readCode } from './invisible'
import type { ImportProblem } from './sheet'

/** Problems of one kind, as one line of a report. */
export interface ProblemGroup {
  /** The rows, `2〜41・50`. */
  lines: string
  /** Where it begins. */
  line: number
  /** Name of the column, or null when it is the whole row. */
  column: string | null
  /** The column's heading as the file has it, when it has one. */
  heading: string | null
  /** What is wrong; where the rows differ, with their values behind it. */
  message: string
  count: number
}

/** The line of a problem that a file has as a whole; its message names lines itself. */
export const WHOLE_FILE = 0

/** Most values and runs of rows that one line names. */
const MAX_VALUES = 5
const MAX_RUNS = 8

/**
 * Gathers the problems that differ in row and value alone, so that a column in a wrong format is one
 * thing to put right and not a hundred. *Pure.*
 */
export function groupProblems(problems: readonly ImportProblem[]): ProblemGroup[] {
  const groups = grouped(problems, (problem) => JSON.stringify([problem.column, kindOf(problem)]))
  return [...groups.values()].map(groupOf).toSorted((a, b) => a.line - b.line)
}

/** A group as a line of text: `2〜41行目「生年月日」: …(40行)`. *Pure.* */
export function problemLine(
  { lines, column, heading, message, count }: ProblemGroup,
  { labelOf, unit }: { labelOf: (column: string) => string; unit: string },
): string {
  const name = heading ?? (column === null ? null : labelOf(column))
  const place = name === null ? '' : `「${name}」`
  if (lines === String(WHOLE_FILE)) return message
  return `${lines}${unit}${place}: ${message}${count > 1 ? `(${count} 行)` : ''}`
}

function groupOf(problems: ImportProblem[]): ProblemGroup {
  const [first = { line: 1, column: null, message: '' }] = problems
  const lines = [...new Set(problems.map(({ line }) => line))].toSorted((a, b) => a - b)
  return {
    lines: runsOf(lines),
    line: lines[0] ?? 1,
    column: first.column,
    heading: first.heading ?? null,
    message: messageOf(problems, first),
    count: lines.length,
  }
}

function messageOf(problems: ImportProblem[], first: ImportProblem): string {
  const messages = new Set(problems.map(({ message }) => message))
  if (messages.size === 1) return first.message
  const values = [...new Set(problems.flatMap(({ value }) => (value ? [value] : [])))]
  const named = values.slice(0, MAX_VALUES).map((value) => `「${value}」`)
  const others = values.length > MAX_VALUES ? `など ${values.length} 通り` : ''
  const said = kindOf(first)
  return values.length === 0 ? said : `${said} 書かれていた値: ${named.join('')}${others}`
}

/** What a message says without the value and the row it names. */
function kindOf({ message, value }: ImportProblem): string {
  const spellings = value ? [...new Set([value, value.trim(), readCode(value)])] : []
  const bare = spellings
    .filter((spelling) => spelling !== '')
    .reduce((text, spelling) => text.replaceAll(`「${spelling}」`, '「…」'), message)
  return bare.replace(/(?<!\d)\d+(?= 行目)/g, '○')
}

function runsOf(lines: readonly number[]): string {
  const runs: [number, number][] = []
  for (const line of lines) {
    const last = runs.at(-1)
    if (last && line === last[1] + 1) last[1] = line
    else runs.push([line, line])
  }
  const named = runs
    .slice(0, MAX_RUNS)
    .map(([from, to]) => (from === to ? String(from) : `${from}〜${to}`))
  return `${named.join('・')}${runs.length > MAX_RUNS ? 'ほか' : ''}`
}
