/**
 * The first thing in a text that a reader, a mail program or LINE may take for an address: a web
 * address of any kind, a mail address, a LINE ID, an IP number; null where there is none. Written
 * wide, with letters that show nothing or with look-alikes, it is one all the same. *Pure.*
 */
export function findAddress(text: string): string | null {
  const plain = text.normalize('NFKC').replace(UNSEEN, '')
  for (const shape of SHAPES) {
    const [found] = shape.exec(plain) ?? []
    if (found) return found
  }
  return null
}

const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu

// What stands for a dot in a host (RFC 3490, 3.1), or looks like one. 「。」 ends sentences too: it is
// a dot behind a Latin letter or a digit, and before a well-known ending.
const DOT = '(?:[.·∙⋅•‧۔܁܂]|(?<=[a-zA-Z0-9])。)'
const ANY_DOT = '[.。·∙⋅•‧۔܁܂]'

// Letters of the scripts in which endings of domains are written, and those that look like them.
const LATIN = '[\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}]'

/** Endings that are no Latin letters. https://www.iana.org/domains/root/db */
const OTHER_ENDINGS =
  'みんな|コム|グーグル|クラウド|ストア|セール|ファッション|ポイント|アマゾン|家電|書籍|食品|通販|世界|网址|網址|网站|公司|中国|中國|香港|台湾|台灣|集团|商城|在线|中文网|닷컴|닷넷|한국'

/** Endings that people take for an address even with blanks around the dot. */
const WELL_KNOWN =
  'com|net|org|info|biz|jp|io|me|ly|gl|gd|ee|co|cc|tk|app|dev|xyz|top|site|online|shop|link|click|asia|tokyo'

const SHAPES = [
  /[a-z][a-z0-9+.-]{0,20}:\/{1,2}\S{0,40}/iu,
  /\b(?:https?|mailto|javascript|data|line|tel|sms|intent):\s?[a-z/][^\s]{0,40}/iu,
  /[\p{L}\p{N}._+-]{0,30}@[\p{L}\p{N}._-]{1,40}/u,
  new RegExp(`www\\d?${DOT}\\S{0,40}`, 'iu'),
  /xn--[a-z0-9-]{0,40}/iu,
  new RegExp(
    `[\\p{L}\\p{N}][\\p{L}\\p{N}_-]{0,40}(?:${DOT}[\\p{L}\\p{N}_-]{1,40}){0,5}${DOT}(?:${LATIN}{2,24}|${OTHER_ENDINGS})(?![\\p{Script=Latin}])`,
    'u',
  ),
  new RegExp(
    `[\\p{L}\\p{N}-]{1,40}\\s{0,3}(?:${ANY_DOT}|[[(]\\s?(?:dot|ドット|\\.)\\s?[\\])]|\\s(?:dot|ドット)\\s|ドット)\\s{0,3}(?:${WELL_KNOWN})(?![\\p{L}\\p{N}])`,
    'iu',
  ),
  new RegExp(`\\bドット\\s?(?:コム|ネット|ジェーピー|オルグ)`, 'u'),
  /\blocalhost\b\S{0,20}/iu,
  /(?<![\d.-])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.-])\S{0,20}/u,
  /\[[0-9a-f:.]{2,45}\]/iu,
]
