import { maskedAddress } from '../maskedAddress'
import type { Visit } from '../myPageVisit'
import type { WebContext } from '../webContext'

/** Where a reader's texts come: 「メール a***@example.jp」, or 「LINE」. */
export function contactLabels(
  { readers }: Pick<WebContext, 'readers'>,
  { reader, words }: Pick<Visit, 'reader' | 'words'>,
): string[] {
  const { line, mail } = words.channels
  return reader.identities.map((identity) =>
    identity.channel === 'line' ? line : `${mail} ${maskedAddress(readers.openAddress(identity))}`,
  )
}
