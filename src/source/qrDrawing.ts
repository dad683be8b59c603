import { encode } from 'uqr'

/** Light modules around the code, without which readers do not find it. Source: ISO/IEC 18004, 9.1. */
const QUIET_MODULES = 4

/** A QR code as squares. */
export interface QrDrawing {
  /** Squares of a side, with the light ones around the code. */
  size: number
  /** Row by row, whether a square is dark. */
  rows: readonly (readonly boolean[])[]
}

/** A text as a QR code of medium strength: 15 % of it may be dirty. *Pure.* */
export function qrDrawing(text: string): QrDrawing {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_MODULES })
  return { size, rows: data }
}

/** The dark squares as the path of an SVG, a square being 1 × 1. *Pure.* */
export function qrPath({ rows }: QrDrawing): string {
  return rows.flatMap(rowPath).join('')
}

function rowPath(row: readonly boolean[], y: number): string[] {
  const starts = row.flatMap((isDark, x) => (isDark && !row[x - 1] ? [x] : []))
  return starts.map((x) => {
    const end = row.indexOf(false, x)
    const width = (end === -1 ? row.length : end) - x
    return `M${x} ${y}h${width}v1h-${width}z`
  })
}
