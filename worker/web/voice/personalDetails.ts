import { findAddress } from '../../../src/release/addressInWords'
import { withoutContacts } from '../../../src/release/contactsInText'

/** A comment as it is kept. */
export interface Masked {
  /** Numbers and addresses are taken out. */
  text: string
  /** Something was taken out, or more may stand in it: it is no quote. */
  hasPersonalDetails: boolean
}

const WORDS = { mail: '〔メールアドレス〕', address: '〔アドレス〕', phone: '〔電話番号〕' }

const DIGIT = String.raw`[\d\uff10-\uff19]`
const DASH = String.raw`[-\u2010-\u2015\u2212\u30fc\uff0d]`
const postalCode = new RegExp(
  String.raw`〒\s?${DIGIT}{3}${DASH}?${DIGIT}{4}|(?<!${DIGIT})${DIGIT}{3}${DASH}${DIGIT}{4}(?!${DIGIT})`,
  'g',
)
const longNumber = new RegExp(String.raw`${DIGIT}{7,}`, 'g')

/** Names and places cannot be told from other words; these often stand beside one. */
const MORE =
  /(?:丁目|番地|号室|と申します|といいます|と言います|(?:名前|なまえ|名まえ)は|(?:LINE|ライン)の?ID)/iu

/**
 * A comment without the numbers and addresses in it, which nobody needs: an answer is not possible, and
 * nobody is to learn who wrote. What they were is kept nowhere. *Pure.*
 */
export function withoutPersonalDetails(comment: string): Masked {
  const text = withoutContacts(comment, WORDS)
    .replace(postalCode, '〔郵便番号〕')
    .replace(longNumber, '〔番号〕')
  const isMore = MORE.test(text.normalize('NFKC')) || findAddress(text) !== null
  return { text, hasPersonalDetails: text !== comment || isMore }
}
