import { SMALL, type Figure, type Part } from './figures'

/** What published figures come to together: between two numbers, as hidden ones may be any. */
export interface Sum {
  least: number
  /** Null when nobody who only knows the published figures can tell. */
  most: number | null
  /** Whether parts are to the next ten. */
  isAbout: boolean
}

const NOTHING: Sum = { least: 0, most: 0, isAbout: false }

/** The sum of published figures; null of none, as nothing was told. *Pure.* */
export function sumOf(figures: readonly Figure[]): Sum | null {
  return figures.length === 0 ? null : figures.map(sumOfFigure).reduce(together, NOTHING)
}

/** What one published figure comes to. *Pure.* */
export function sumOfFigure(figure: Figure): Sum {
  if (figure === 'withheld') return { least: 0, most: null, isAbout: false }
  if (figure === 'small') return { least: 0, most: SMALL - 1, isAbout: false }
  if (typeof figure === 'number') return { least: figure, most: figure, isAbout: false }
  return { least: figure.about, most: figure.about, isAbout: true }
}

/** Two sums as one. *Pure.* */
export function together(one: Sum, other: Sum): Sum {
  return {
    least: one.least + other.least,
    most: one.most === null || other.most === null ? null : one.most + other.most,
    isAbout: one.isAbout || other.isAbout,
  }
}

/** What is left of some people when others of them have gone. *Pure.* */
export function without(all: Sum, gone: Sum): Sum {
  return {
    least: gone.most === null ? 0 : Math.max(0, all.least - gone.most),
    most: all.most === null ? null : all.most - gone.least,
    isAbout: all.isAbout || gone.isAbout,
  }
}

/** Parts of several breakdowns, each code once, in the order in which they come. *Pure.* */
export function sumsByCode(breakdowns: readonly (readonly Part[])[]): { code: string; sum: Sum }[] {
  const sums = new Map<string, Sum>()
  for (const { code, figure } of breakdowns.flat()) {
    sums.set(code, together(sums.get(code) ?? NOTHING, sumOfFigure(figure)))
  }
  return [...sums].map(([code, sum]) => ({ code, sum }))
}

/** What stands where nothing may be told. */
export const WITHHELD = '—'

/** What stands where nothing was told yet. */
export const NOT_YET = 'まだありません'

/** A sum as a clerk reads it: 27人、約 120 人、5人未満、27〜31人、27人以上、—. *Pure.* */
export function sumInWords(sum: Sum | null, unit: string): string {
  if (sum === null) return NOT_YET
  const { least, most, isAbout } = sum
  if (most === null && least === 0) return WITHHELD
  if (isAbout) return `約 ${grouped(least)} ${unit}${most === least ? '' : '以上'}`
  if (most === null) return `${grouped(least)}${unit}以上`
  if (most === least) return `${grouped(least)}${unit}`
  if (least === 0 && most === SMALL - 1) return `${SMALL}${unit}未満`
  return `${grouped(least)}〜${grouped(most)}${unit}`
}

/** A rate with both its numbers: 登録27 ÷ 交付65 = 42%. Null when the denominator is 0. *Pure.* */
export function rateInWords(
  [name, sum]: readonly [string, Sum],
  [of, count]: readonly [string, number],
): string | null {
  if (count === 0) return null
  const part = sumInWords(sum, '').trimEnd()
  return `${name}${part} ÷ ${of}${grouped(count)} = ${percent(sum, count)}`
}

function percent({ least, most, isAbout }: Sum, count: number): string {
  const low = Math.round((least / count) * 100)
  if (isAbout) return `約 ${low}%${most === least ? '' : '以上'}`
  if (most === null) return least === 0 ? WITHHELD : `${low}%以上`
  const high = Math.round((most / count) * 100)
  return low === high ? `${low}%` : `${low}〜${high}%`
}

function grouped(count: number): string {
  return count.toLocaleString('ja-JP')
}
