import type { WebContext } from '../webContext'
import type { Words } from '../words/standard'

/** What the own page says was done. */
type Done = keyof Words['me']['done'] | 'town'

/**
 * What the reader's own page says of a change that is answered in the talk; null while it waits. The
 * page of its steps shows them no more: who comes back from LINE sees what is true now. GET alone
 * asks for it, and it changes nothing.
 */
export async function changeAnswered(
  { readers }: Pick<WebContext, 'readers'>,
  key: string,
  changed: Done,
): Promise<Done | null> {
  const said = {
    open: null,
    used: changed,
    taken: 'contactTaken',
    refused: 'contactKept',
    gone: 'contactEnded',
  } as const
  return said[await readers.contactKeyStatus(key)]
}
