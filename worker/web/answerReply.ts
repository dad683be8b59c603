import type { LineMessagePayload } from '../channel/channel'

import type { ConfirmationOutcome } from './completeRegistration'
import { twiceHint } from './accounts/moveTalk'
import { findFormerTowns } from './formerTown'
import { findReadersOutlook, outlookSentences } from './outlook'
import { talkMessage, type TalkButton, type TalkCard } from './talkCard'
import { contactButton, rowButtons, type RowReader } from './talkRow'
import { altTextOf, findWriter, senderOf } from './talkWriter'
import type { KnownWriter, LineWriter } from './talkWriter'
import type { WebContext } from './webContext'
import { wordsOf, type Words } from './words/words'

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
  const words = edition === undefined ? known.words : wordsOf(edition)
  const { talk } = words
  // A child that is gone reads like any link that has ended.
  const status = outcome.status === 'childGone' ? 'gone' : outcome.status
  const said = talk.who(senderOf(writer)) + talk.answered[status]
  const { says, buttons } = await moreAfter(web, writer, { outcome, known })
  return talkMessage(altTextOf(writer, words), [{ says: [said, ...says], buttons }])
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
      return { says: [], buttons: [{ label: known.words.talk.buttons.goOn, uri }] }
    }
    case 'confirmed':
      return afterRegistering(web, writer, { outcome, known })
    case 'known':
    case 'used':
      return {
        says: [],
        buttons: ownRow(web, writer, { own: known.readers[0], words: known.words }),
      }
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
    says: [
      ...sentences,
      ...former.map(({ name }) => talk.formerTown(name)),
      ...twiceHint(municipality, writer.account.id, words),
      talk.anyTime,
    ],
    buttons: [
      ...former.map(({ name, stopUrl }) => ({ label: talk.buttons.stopTown(name), uri: stopUrl })),
      ...ownRow(web, writer, { own, words }),
    ],
  }
}

const NOTHING_HEARD = {
  isDespair: false,
  isDanger: false,
  isEnding: false,
  isWorry: false,
  isBirth: false,
}

/** The row of one delivery of the writer's; to whom nothing comes here, whom to ask in their town. */
export function ownRow(
  { links }: WebContext,
  { account, municipalities }: LineWriter,
  { own, words, town }: { own: RowReader | undefined; words: Words; town?: string | undefined },
): TalkButton[] {
  const [first, ...others] = municipalities
  const known = municipalities.find(({ code }) => code === town)
  const asked = known ?? (others.length === 0 ? first : undefined)
  if (!own) return asked ? [contactButton(links, asked, words)] : []
  const lineAccount = account.id
  return rowButtons({ ...own, links, lineAccount, heard: NOTHING_HEARD, asked: null })
}
