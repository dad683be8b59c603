/** What a picture may be: what LINE shows. https://developers.line.biz/en/reference/messaging-api/#f-image */
export type PictureType = 'jpeg' | 'png'

/** A type that is taken, or the sentence why a file is not. */
export type FoundType = { type: PictureType } | { refusal: string }

/** The type by the file's own bytes; neither its name nor what the browser says counts. *Pure.* */
export function findPictureType(bytes: Uint8Array): FoundType {
  const type = pictureTypeOf(bytes)
  if (type === 'png' && isAnimatedPng(bytes)) return { refusal: refuse('動く PNG', STILL) }
  if (type !== null) return { type }
  const head = headOf(bytes)
  const other = OTHERS.find(({ sign }) => sign.test(head))
  return { refusal: other ? refuse(other.name, other.advice) : UNREADABLE }
}

/** JPEG or PNG by the file's first bytes, moving or not; null for all else. *Pure.* */
export function pictureTypeOf(bytes: Uint8Array): PictureType | null {
  const head = headOf(bytes)
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg'
  return head.startsWith(PNG_SIGNATURE) ? 'png' : null
}

function headOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, HEAD)).toString('latin1')
}

const HEAD = 512
const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n'
const CONVERT = '画像のソフトで JPEG か PNG にして保存し直してから、入れてください。'
const STILL =
  '見せたい 1 枚を JPEG か PNG にして保存し直してから、入れてください(動きは LINE とメールで伝わりません)。'

const OTHERS: readonly { sign: RegExp; name: string; advice: string }[] = [
  {
    sign: /^.{4}ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1)/s,
    name: 'HEIC(iPhone などの写真)',
    advice:
      'iPhone なら、「設定」→「カメラ」→「フォーマット」で「互換性優先」を選ぶと、次の写真から JPEG になります。すでに撮った写真は、「写真」アプリで開いて自分あてにメールで送るか、パソコンで JPEG に書き出してから、入れてください。',
  },
  { sign: /^.{4}ftypavi[fs]/s, name: 'AVIF', advice: CONVERT },
  { sign: /^GIF8[79]a/, name: 'GIF', advice: STILL },
  { sign: /^RIFF.{4}WEBP/s, name: 'WebP', advice: CONVERT },
  { sign: /^BM.{12}/s, name: 'BMP', advice: CONVERT },
  { sign: /^(II\*\0|MM\0\*|II\+\0|MM\0\+)/, name: 'TIFF', advice: CONVERT },
  { sign: /^8BPS/, name: 'Photoshop の画像(PSD)', advice: CONVERT },
  {
    sign: /^%PDF-/,
    name: 'PDF',
    advice: '見せたいページを JPEG か PNG の画像に書き出してから、入れてください。',
  },
  { sign: /<svg[\s>]/i, name: 'SVG', advice: CONVERT },
]

function refuse(name: string, advice: string): string {
  return `このファイルは ${name} です。LINE とメールの両方で見られる JPEG か PNG の画像だけを入れられます。${advice}`
}

/** What is said when the bytes are no picture, or a broken one. */
export const UNREADABLE =
  'この画像は読めません。途中で切れているか、こわれているか、画像ではないファイルです。画像のソフトで開けるか確かめ、JPEG か PNG にして保存し直してから、入れてください。'

/** An animation says so in a chunk before its first picture. https://www.w3.org/TR/png-3/#acTL-chunk */
function isAnimatedPng(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = PNG_SIGNATURE.length; at + 8 <= view.length;) {
    const name = view.toString('latin1', at + 4, at + 8)
    if (name === 'acTL') return true
    if (name === 'IDAT') return false
    at += view.readUInt32BE(at) + 12
  }
  return false
}
