import { html, type Html } from '../../../src/release/escape'
import { qrDrawing, qrPath } from '../../../src/source/qrDrawing'

/**
 * A text as a QR code: black on white whatever the page looks like, of whole squares, and made here,
 * so that no other site learns what is in it. *Pure.*
 *
 * @param label what it is, for who cannot see it
 */
export function qrCode(text: string, label: string): Html {
  const drawing = qrDrawing(text)
  const { size } = drawing
  return html`<svg
    class="qrCode"
    role="img"
    aria-label="${label}"
    viewBox="0 0 ${size} ${size}"
    shape-rendering="crispEdges"
  >
    <rect width="${size}" height="${size}" fill="#ffffff" />
    <path fill="#000000" d="${qrPath(drawing)}" />
  </svg>`
}
