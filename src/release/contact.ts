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
    電話: contact.phone,
    受付時間: contact.hours,
    URL: contact.url ?? '',
  }
}

/** Lines of the footer, the sender's name first, without the empty ones. *Pure.* */
export function contactLines(senderName: string, contact: ContactFooter): string[] {
  const [department, phone, hours, url] = [
    cleanLine(contact.department),
    cleanLine(contact.phone),
    cleanLine(contact.hours),
    cleanLine(contact.url ?? ''),
  ]
  const call = [phone && `電話 ${phone}`, hours && `(${hours})`].filter(Boolean).join(' ')
  return [cleanLine(senderName), department && `お問い合わせ ${department}`, call, url].filter(
    (line) => line !== '',
  )
}
