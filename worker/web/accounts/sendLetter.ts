import { letterDays } from '../../../src/accounts/moveStage'
import type { LetterOutcome } from '../../../src/accounts/readerState'
import { isRestingOn } from '../../../src/plan/rest'
import { localDayOf } from '../../../src/stage/day'
import type { Receipt } from '../../channel/channel'
import { uuidV5 } from '../../channel/uuid'
import type { MoveMark } from '../../readers/accountMarks'
import type { Identity, Reader } from '../../readers/reader'

import { wordsOf } from '../words/words'
import type { AccountMovesOptions, MoveAtWork } from './accountMoves'
import { lineLetter, mailLetter, type MoveLetterOf } from './moveLetters'

/** What became of a letter; `later`: nothing is known yet, and LINE is asked again. */
export type Outcome = LetterOutcome | 'skipped' | 'later'

/**
 * Sends one letter of a move. Right before it the reader is looked at once more: who has moved, stopped,
 * blocked, rests, or has no child whose texts come gets none.
 */
export async function sendLetter(
  options: AccountMovesOptions,
  work: MoveAtWork,
  { mark, letter }: { mark: MoveMark; letter: number },
): Promise<Outcome> {
  const reader = await options.readers.findReader(mark.reader)
  const identity = reader && (await identityOf(options, work, reader))
  if (!reader || !identity) return 'skipped'
  const { town, move, to } = work
  const friendUrl = options.friendUrl?.(to)
  const words = wordsOf(reader.edition)
  const of: MoveLetterOf = { town, move, to, friendUrl, words, place: placeOf(work, letter) }
  const address = options.readers.openAddress(identity)
  const id = `move-${mark._id}-${letter}`
  if (!work.from) {
    const { links } = options
    return mailOutcome(
      await options.mail.sendOne({
        id,
        to: address,
        ...mailLetter(of, { readerId: reader._id, links }),
      }),
    )
  }
  const { from } = work
  const { receipts } = await options.line.send({
    account: from,
    to: [address],
    messages: lineLetter(of, { from, links: options.links }, reader.edition),
    // made of the letter alone: whoever repeats it asks LINE with the same key
    retryKey: uuidV5(id, await options.namespace()),
  })
  return lineOutcome(receipts.get(address))
}

async function identityOf(
  { readers, now }: AccountMovesOptions,
  { of }: MoveAtWork,
  reader: Reader,
): Promise<Identity | null> {
  if (reader.status !== 'active' || reader.municipality !== of.municipality) return null
  if (isRestingOn(reader.rest, localDayOf(now()))) return null
  const hasMoved = reader.identities.some(({ account }) => account === of.toProvider)
  if (of.kind !== 'sameProvider' && hasMoved) return null
  const own = reader.identities.find(
    ({ account, status }) => account === of.fromProvider && status === 'active',
  )
  if (!own || (await readers.childrenOf(reader._id)).length === 0) return null
  return own
}

function placeOf({ move }: MoveAtWork, letter: number): MoveLetterOf['place'] {
  if (letter === 0) return 'first'
  return letter === letterDays(move.begin, move.until).length - 1 ? 'last' : 'again'
}

/** A mail is handed over once: what was not taken is not tried again, a reminder follows. */
function mailOutcome(receipt: Receipt): Outcome {
  return receipt.status === 'deferred' ? 'rejected' : receipt.status
}

function lineOutcome(receipt: Receipt | undefined): Outcome {
  if (!receipt || receipt.status === 'deferred' || receipt.status === 'unknown') return 'later'
  return receipt.status
}
