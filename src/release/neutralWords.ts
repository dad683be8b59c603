import { ownWords } from './ownWords'

/** What stands where others than the reader may read: a lock screen, a list of talks or mails. */
export interface NeutralWords {
  /** All that a notification says: subject of a mail, words for a LINE message that is not opened. */
  headline: string
  /** Who writes, without what the service is for. */
  sender: string
  /** What a mail begins with: longer than what a list of mails shows of it. */
  opening: string
}

/**
 * Words of a municipality that tell nobody what its texts are about. They are the product's own, the
 * same before every text: no approval is given for them. *Pure.*
 */
export function neutralWords(municipality: string, edition?: string): NeutralWords {
  const sender = municipality || '自治体'
  return {
    headline: `${sender}からのお知らせ`,
    sender,
    opening: ownWords(edition).opening(sender),
  }
}
