import type { LineMessagePayload } from '../channel/channel'

import type { ConfirmationOutcome } from './completeRegistration'
import { findFormerTowns } from './formerTown'
import { findReadersOutlook, outlookSentences } from './outlook'
import { talkMessage, type TalkButton, type TalkCard } from './talkCard'
import { rowButtons } from './talkRow'
import { altTextOf, findWriter, senderOf, type LineWriter } from './talkWriter'
import type { WebContext } from './webContext'

/** What became of a friend's answer to a question of ours. */
export type TalkOutcome = ConfirmationOutcome | { status: 'refused' }

const AFTER_ANSWER: Record<TalkOutcome['status'], string> = {
  confirmed: '登録しました。',
  known: 'このお子さんは、もう登録されています。',
  used: 'この確認には、もうお返事をいただいています。',
  asked:
    'まだ登録は終わっていません。登録済みのお子さんと同じか、次のページで教えてください(1時間、1回開けます)。期限が切れたときは、もう一度「登録する」を押すと新しいリンクが届きます。',
  gone: '確認の期限が切れました。もう一度登録するには、「登録」と送ってください。新しいリンクが届きます。',
  childGone:
    '確認の期限が切れました。もう一度登録するには、「登録」と送ってください。新しいリンクが届きます。',
  refused:
    'わかりました。何も登録していません。登録のリンクは、ほかの人に渡さないでください。登録するときは、「登録」と送ってください。新しいリンクが届きます。',
}

/** The reply to an answer: what became of it, when the next text comes, and how to change and stop. */
export async function answerReply(
  web: WebContext,
  writer: LineWriter,
  outcome: TalkOutcome,
): Promise<LineMessagePayload> {
  const { says, buttons } = await moreAfter(web, writer, outcome)
  const said = `${senderOf(writer)}です。${AFTER_ANSWER[outcome.status]}`
  return talkMessage(altTextOf(writer), [{ says: [said, ...says], buttons }])
}

const NO_MORE: TalkCard = { says: [], buttons: [] }

async function moreAfter(
  web: WebContext,
  writer: LineWriter,
  outcome: TalkOutcome,
): Promise<TalkCard> {
  switch (outcome.status) {
    case 'asked': {
      const { readerId, ...asked } = outcome.asked
      const uri = web.links.talkPageUrl({ readerId, asked, lineAccount: writer.account.id })
      return { says: [], buttons: [{ label: 'つづきを開く', uri }] }
    }
    case 'confirmed':
      return afterRegistering(web, writer, outcome)
    case 'known':
    case 'used':
      return { says: [], buttons: await ownRow(web, writer) }
    default:
      return NO_MORE
  }
}

/** When the next text comes, or that none will; and what goes on coming from where one lived before. */
async function afterRegistering(
  web: WebContext,
  writer: LineWriter,
  { municipality: code, registered }: Extract<TalkOutcome, { status: 'confirmed' }>,
): Promise<TalkCard> {
  const municipality = writer.municipalities.find((one) => one.code === code)
  if (!municipality) return NO_MORE
  const expected = await findReadersOutlook(web, municipality, registered)
  const sentences = expected ? outlookSentences(expected, municipality, web) : []
  const former = await findFormerTowns(web, registered.readerId)
  return {
    says: [
      ...sentences,
      ...former.map(({ name }) => `${name}からの配信も続いています。`),
      CHANGE_AND_STOP,
    ],
    buttons: [
      ...former.map(({ name, stopUrl }) => ({ label: `${name}の配信を止める`, uri: stopUrl })),
      ...(await ownRow(web, writer, registered.readerId)),
    ],
  }
}

const CHANGE_AND_STOP =
  '登録の内容の変更、配信の停止、相談先は、いつでも、届く文の下のボタンから開けます。'

const NOTHING_HEARD = { isDespair: false, isEnding: false, isBirth: false }

/** The row of one delivery of the writer's; of the first, where none is named. */
async function ownRow(
  web: WebContext,
  writer: LineWriter,
  readerId?: string,
): Promise<TalkButton[]> {
  const { readers } = await findWriter(web, writer)
  const own =
    readerId === undefined ? readers[0] : readers.find((one) => one.reader._id === readerId)
  if (!own) return []
  const { links } = web
  const lineAccount = writer.account.id
  return rowButtons({ ...own, links, lineAccount, heard: NOTHING_HEARD, asked: null })
}
