import type { LineMessagePayload } from '../channel/channel'

import type { ConfirmationOutcome } from './completeRegistration'
import { findFormerTowns } from './formerTown'
import { findReadersOutlook, outlookSentences } from './outlook'
import { talkMessage, type TalkButton, type TalkCard } from './talkCard'
import { rowButtons, type RowReader } from './talkRow'
import { altTextOf, findWriter, senderOf, wordsFor } from './talkWriter'
import type { KnownWriter, LineWriter } from './talkWriter'
import type { WebContext } from './webContext'
import { wordsOf } from './words/words'

/** What became of a friend's answer to a question of ours. */
export type TalkOutcome = ConfirmationOutcome | Refused

/** Nothing is registered; `edition` is what they would have read. */
interface Refused {
  status: 'refused'
  edition?: string
}

/** The reply to an answer: what became of it, when the next text comes, and how to change and stop. */
export async function answerReply(
  web: WebContext,
  writer: LineWriter,
  outcome: TalkOutcome,
): Promise<LineMessagePayload> {
  const known = await findWriter(web, writer)
  const edition = outcome.status === 'refused' ? outcome.edition : undefined
  const { talk } = wordsOf(edition, known.readers[0]?.reader.edition)
  // A child that is gone reads like any link that has ended.
  const status = outcome.status === 'childGone' ? 'gone' : outcome.status
  const said = talk.who(senderOf(writer)) + talk.answered[status]
  const { says, buttons } = await moreAfter(web, writer, { outcome, known })
  return talkMessage(altTextOf(writer), [{ says: [said, ...says], buttons }])
}

const NO_MORE: TalkCard = { says: [], buttons: [] }

interface Answered<Outcome = TalkOutcome> {
  outcome: Outcome
  known: KnownWriter
}

async function moreAfter(
  web: WebContext,
  writer: LineWriter,
  { outcome, known }: Answered,
): Promise<TalkCard> {
  switch (outcome.status) {
    case 'asked': {
      const { readerId, ...asked } = outcome.asked
      const uri = web.links.talkPageUrl({ readerId, asked, lineAccount: writer.account.id })
      return { says: [], buttons: [{ label: wordsFor(known).talk.buttons.goOn, uri }] }
    }
    case 'confirmed':
      return afterRegistering(web, writer, { outcome, known })
    case 'known':
    case 'used':
      return { says: [], buttons: ownRow(web, writer, known.readers[0]) }
    default:
      return NO_MORE
  }
}

/** When the next text comes, or that none will; and what goes on coming from where one lived before. */
async function afterRegistering(
  web: WebContext,
  writer: LineWriter,
  { outcome, known }: Answered<Extract<TalkOutcome, { status: 'confirmed' }>>,
): Promise<TalkCard> {
  const { municipality: code, registered } = outcome
  const municipality = writer.municipalities.find((one) => one.code === code)
  if (!municipality) return NO_MORE
  const own = known.readers.find(({ reader }) => reader._id === registered.readerId)
  const words = wordsOf(own?.reader.edition)
  const { talk } = words
  const expected = await findReadersOutlook(web, municipality, registered)
  const { editionLabels } = web
  const sentences = expected
    ? outlookSentences(expected, municipality, { editionLabels, words })
    : []
  const former = await findFormerTowns(web, registered.readerId)
  return {
    says: [...sentences, ...former.map(({ name }) => talk.formerTown(name)), talk.anyTime],
    buttons: [
      ...former.map(({ name, stopUrl }) => ({ label: talk.buttons.stopTown(name), uri: stopUrl })),
      ...ownRow(web, writer, own),
    ],
  }
}

const NOTHING_HEARD = { isDespair: false, isEnding: false, isBirth: false }

/** The row of one delivery of the writer's. */
export function ownRow(
  { links }: WebContext,
  { account }: LineWriter,
  own?: RowReader,
): TalkButton[] {
  if (!own) return []
  const lineAccount = account.id
  return rowButtons({ ...own, links, lineAccount, heard: NOTHING_HEARD, asked: null })
}
