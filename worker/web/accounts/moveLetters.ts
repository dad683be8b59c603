import type { LineAccount, MunicipalitySettings, OpenMove } from '../../../src/plan/settings'
import { quietRow } from '../../../src/release/quietRow'
import { bubble, plain, plainButton } from '../../../src/release/lineParts'
import type { FlexAction, LineFlexMessage } from '../../../src/release/lineMessage'
import type { SingleMail } from '../../channel/channel'

import { letterMail } from '../letter'
import type { Links } from '../link'
import { lineFriendUrl } from '../shareMessage'
import type { Words } from '../words/standard'
import { moveData } from './moveTalk'

/** What a letter of a move is made of; it is the same for all readers of an edition. */
export interface MoveLetterOf {
  town: MunicipalitySettings
  move: OpenMove
  /** Which one: the first, a reminder, the last call. */
  place: 'first' | 'again' | 'last'
  /** The account that is moved to, and what it is called in the practice inbox. */
  to: LineAccount
  friendUrl?: string | undefined
  words: Words
}

/** What a letter says. *Pure.* */
export function saidIn({ move, place, to, words }: MoveLetterOf): readonly string[] {
  const { accounts } = words
  const until = words.day(move.until)
  const again = place === 'again' ? [accounts.again] : []
  if (move.kind === 'sameProvider') return accounts.sameProvider.says(to.basicId)
  if (move.kind === 'mailToLine') {
    const { says, lastSays } = accounts.mailToLine
    return [...again, ...says(until), ...(place === 'last' ? [lastSays] : [])]
  }
  const last = place === 'last' ? [accounts.last(until)] : []
  return [...again, ...accounts.otherProvider.says(until), ...last]
}

/**
 * The messages of a letter on LINE: one text for all, whose button brings each reader's own way in the
 * talk. *Pure* but for the addresses it makes.
 */
export function lineLetter(
  of: MoveLetterOf,
  { from, links }: { from: LineAccount; links: Pick<Links, 'quietPlaces'> },
  edition: string,
): LineFlexMessage[] {
  const { town, move, to, words } = of
  const { accounts } = words
  const isSame = move.kind === 'sameProvider'
  const label = isSame ? accounts.sameProvider.button : accounts.otherProvider.button
  const uri = of.friendUrl ?? lineFriendUrl(to)
  const action: FlexAction = isSame
    ? { type: 'uri', label: SHORT_LABEL, uri }
    : { type: 'postback', label: SHORT_LABEL, data: moveData(move.id), displayText: label }
  const sentences = saidIn(of).flatMap((sentence) => plain(sentence) ?? [])
  const contents = bubble([...sentences, plainButton(label, action, { isFirst: true })])
  const altText = accounts.subject(town.senderName)
  return [{ type: 'flex', altText, contents }, quietRow(links.quietPlaces(town, from), edition)]
}

/** LINE's own label, which nobody sees, has 20 signs. */
const SHORT_LABEL = '移る'

/** The same by mail; its button opens nothing of the reader's. *Pure* but for the link it makes. */
export function mailLetter(
  of: MoveLetterOf,
  { readerId, links }: { readerId: string; links: Pick<Links, 'textUrl'> },
): Omit<SingleMail, 'id' | 'to'> {
  const { town, words } = of
  const { accounts } = words
  const url = links.textUrl({ readerId, town: town.code })
  const letter = {
    subject: `【${town.senderName}】${accounts.subject(town.senderName)}`,
    before: saidIn(of),
    button: { label: accounts.mailToLine.button, url },
    after: [],
  }
  return letterMail(letter, town, words)
}
