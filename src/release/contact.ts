import { MAX_PHONE, plainPhone, readPhone, type Phone } from './phone'
import { ALL_OWN_WORDS, ownWords } from './ownWords'
import { cleanLine } from './plainText'

/** Whom a family can ask: stands under every text. */
export interface ContactFooter {
  department: string
  phone: string
  /** Hours in which the phone is answered, e.g. 「平日 8:30〜17:15」. */
  hours: string
  url: string | null
}

/** Names every text may use as `{{…}}`, filled from the municipality's contact. */
export const CONTACT_VARIABLES = ['担当課', '電話', '受付時間', 'URL'] as const

/** Values of the contact variables; what is missing is an empty text. *Pure.* */
export function contactVariables(contact: ContactFooter): Record<string, string> {
  return {
    担当課: contact.department,
    電話: plainPhone(contact.phone),
    受付時間: contact.hours,
    URL: contact.url ?? '',
  }
}

/** Lines of the footer, the sender's name first, without the empty ones. *Pure.* */
export function contactLines(
  senderName: string,
  contact: ContactFooter,
  edition?: string,
): string[] {
  const words = ownWords(edition).contact
  const [department, phone, hours, url] = [
    cleanLine(contact.department),
    plainPhone(cleanLine(contact.phone)),
    words.hours(cleanLine(contact.hours)),
    cleanLine(contact.url ?? ''),
  ]
  const call = [phone && `${words.call} ${phone}`, hours && `(${hours})`].filter(Boolean).join(' ')
  return [cleanLine(senderName), department && `${words.ask} ${department}`, call, url].filter(
    (line) => line !== '',
  )
}

/** What the line of the telephone begins with. */
const CALLS = ALL_OWN_WORDS.map(({ contact }) => `${contact.call} `)

/** A line of {@link contactLines} around its telephone; null where it has none. *Pure.* */
export function phoneOfLine(line: string): (Phone & { before: string }) | null {
  const before = CALLS.find((call) => line.startsWith(call))
  if (before === undefined) return null
  // The hours that follow are not part of what is read.
  const phone = readPhone(line.slice(before.length, before.length + MAX_PHONE))
  if (!phone) return null
  return { ...phone, before, rest: line.slice(before.length + phone.number.length) }
}
