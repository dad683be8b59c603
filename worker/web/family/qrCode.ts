import { encode } from 'uqr'

import { html, type Html } from '../../../src/release/escape'

/** Light modules around the code, without which readers do not find it. Source: ISO/IEC 18004, 9.1. */
const QUIET_MODULES = 4

/**
 * A text as a QR code: black on white whatever the page looks like, of whole squares, and made here,
 * so that no other site learns what is in it. *Pure.*
 *
 * @param label what it is, for who cannot see it
 */
export function qrCode(text: string, label: string): Html {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_MODULES })
  return html`<svg
    class="qrCode"
    role="img"
    aria-label="${label}"
    viewBox="0 0 ${size} ${size}"
    shape-rendering="crispEdges"
  >
    <rect width="${size}" height="${size}" fill="#ffffff" />
    <path fill="#000000" d="${data.flatMap(rowPath).join('')}" />
  </svg>`
}

/** The dark runs of a row as a path. *Pure.* */
function rowPath(row: readonly boolean[], y: number): string[] {
  const starts = row.flatMap((isDark, x) => (isDark && !row[x - 1] ? [x] : []))
  return starts.map((x) => {
    const end = row.indexOf(false, x)
    const width = (end === -1 ? row.length : end) - x
    return `M${x} ${y}h${width}v1h-${width}z`
  })
}
