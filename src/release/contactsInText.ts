/** What stands for a mail address, a web address and a telephone number that are taken out of a text. */
export interface ContactWords {
  mail: string
  address: string
  phone: string
}

const DIGIT = String.raw`[\d\uff10-\uff19]`
const GAP = String.raw`[-\u2010-\u2015\u2212\u30fc\uff0d()\uff08\uff09 \u3000]{1,2}`
/** Japanese telephone numbers, in half or full width: in three parts, in two, or all in a row. */
const phone = new RegExp(
  [
    String.raw`(?<!${DIGIT})[(\uff08]?[0\uff10]${DIGIT}{1,4}${GAP}${DIGIT}{1,4}${GAP}${DIGIT}{3,4}`,
    String.raw`[0\uff10]${DIGIT}{1,4}${GAP}${DIGIT}{6,8}`,
    String.raw`[0\uff10]${DIGIT}{9,10}(?!${DIGIT})`,
  ].join(String.raw`|(?<!${DIGIT})`),
  'g',
)
const mail = /(?<![\w.+-])[\w.+-]+[@\uff20][\w-]+(\.[\w-]+)+/g
/** Ends where Japanese goes on without a space; an address in Japanese ends at the next mark. */
const address =
  /https?:\/\/([\w./?%&=#~:@+,;!$*-]+|[^\s、。)\uff09」]+)|(?<![\w-])(www\.)?[\w-]+(\.[\w-]+)*\.(jp|com|net|org|info)\b[\w./?%&=#~:@+,;!$*-]*/gi

/** The text with its mail addresses, web addresses and telephone numbers replaced. *Pure.* */
export function withoutContacts(text: string, words: ContactWords): string {
  return text
    .replace(mail, () => words.mail)
    .replace(address, () => words.address)
    .replace(phone, () => words.phone)
}
