import { shorten } from './graphemes'
import type { Problem } from './problem'
import { formatCount } from './textLimits'
import { MAX_ADDRESS_LENGTH, readTypedAddress, type AddressFault } from './webAddress'

/** A web address field. */
export interface AddressRule {
  field: string
  label: string
  url: string | null
  isRequired?: boolean
}

/** Everything wrong with a link. *Pure.* */
export function checkAddress({ field, label, url, isRequired = false }: AddressRule): Problem[] {
  if (url === null || url.trim() === '') {
    if (!isRequired) return []
    const message = `${label}が空です。https:// で始まる URL を入力してください。`
    return [{ field, code: 'EMPTY', message }]
  }
  const read = readTypedAddress(url)
  if ('href' in read) return []
  const code = read.fault === 'not-https' ? 'INSECURE_LINK' : 'BAD_ADDRESS'
  return [{ field, code, message: `${label}の「${shown(url)}」${sentences[read.fault]}` }]
}

// LINE shows JPEG and PNG only.
// https://developers.line.biz/en/reference/messaging-api/#f-image
const otherPictures = /\.(gif|webp|svg|avif|heic|heif|bmp|tiff?|pdf)$/i

/** Everything wrong with the address of a picture. *Pure.* */
export function checkPicture(rule: AddressRule): Problem[] {
  const problems = checkAddress(rule)
  if (problems.length > 0 || rule.url === null || rule.url.trim() === '') return problems
  const [, kind] = otherPictures.exec(new URL(rule.url.trim()).pathname) ?? []
  if (!kind) return []
  const message = `${rule.label}の形式が ${kind.toUpperCase()} です。LINE で表示できるのは JPEG と PNG です。画像を変えてください。`
  return [{ field: rule.field, code: 'BAD_PICTURE', message }]
}

const sentences: Readonly<Record<AddressFault, string>> = {
  'not-an-address': 'は URL として読めません。https:// で始まる URL を入力してください。',
  'not-https':
    'は https:// で始まっていません。安全な https:// のページの URL を入力してください。',
  'has-credentials':
    'にユーザー名かパスワードが入っています。それらのない URL を入力してください。',
  'half-code':
    'に、符号になっていない % があります。途中で切れているかもしれません。ページを開いて、URL の全体を写し直してください(% そのものは %25 と書きます)。',
  'too-long': `が長すぎます。LINE は ${formatCount(MAX_ADDRESS_LENGTH)} 文字までです(日本語は 1 文字が 9 文字に数えられます)。短い URL を入力してください。`,
}

function shown(url: string): string {
  return shorten(url.trim().replace(/\s+/g, ' '), 61)
}
