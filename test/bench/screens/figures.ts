import { median } from '../meter'
import type { Screen } from './screens'

/** What MongoDB looked at for one screen, and how large its page was. */
export interface Reading {
  documents: number
  keys: number
  kb: number
  read: readonly (readonly [collection: string, documents: number])[]
}

/** What was measured of one screen. */
export interface Figures {
  screen: Pick<Screen, 'name' | 'viewer'>
  /** Of each visit until it was usable. */
  ms: readonly number[]
  /** Milliseconds of the processor that one visit costs the CMS. */
  cpuMs: number
  tenth: Reading
  whole: Reading
}

/** A screen is usable within a second. */
export const MOST_MS = 1000

/**
 * Ten times the set may fill up a page of a list that was not full before; whatever grows with the
 * set itself reads 180 municipalities, 2,250 manuscripts or 18,000 add-ons more.
 */
const MOST_MORE = 120
const MOST_MORE_KB = 200

/** What is wrong with a screen, in words; empty when nothing is. *Pure.* */
export function faultsOf({ ms, tenth, whole }: Figures): string[] {
  const more = whole.documents - tenth.documents
  const grown = whole.read.filter(
    ([name, count]) => count - (tenth.read.find(([one]) => one === name)?.[1] ?? 0) > 20,
  )
  return [
    ...(median(ms) > MOST_MS ? [`1 秒より遅い(${Math.round(median(ms))} ミリ秒)`] : []),
    ...(more > MOST_MORE ? [`増える: ${grown.map(([name]) => name).join('、')}`] : []),
    ...(whole.kb - tenth.kb > MOST_MORE_KB ? ['ページが大きくなる'] : []),
  ]
}

/** The figures as a table of Markdown. *Pure.* */
export function tableOf(figures: readonly Figures[]): string {
  const rows = figures.map((one) => {
    const { screen, ms, cpuMs, tenth, whole } = one
    return [
      screen.viewer,
      screen.name,
      String(Math.round(median(ms))),
      String(Math.round(Math.max(...ms))),
      String(Math.round(cpuMs)),
      `${tenth.documents} → ${whole.documents}(${ratio(tenth.documents, whole.documents)} 倍)`,
      `${tenth.keys} → ${whole.keys}`,
      `${Math.round(tenth.kb)} → ${Math.round(whole.kb)}`,
      faultsOf(one).join('、') || '—',
    ]
  })
  const head = [
    '人',
    '画面',
    '中央値(ミリ秒)',
    '最大',
    'CMS の処理装置',
    '見た文書',
    '見た索引',
    'KB',
    '目標との差',
  ]
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

function ratio(tenth: number, whole: number): string {
  return (whole / Math.max(1, tenth)).toFixed(1)
}
