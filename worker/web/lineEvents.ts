import { isLineUserId } from '../readers/identity'
import type { LineAccount, MunicipalitySettings } from '../settings'

import { lineAnswer } from './lineAnswer'
import type { WebContext } from './webContext'
import type { LineEvent } from './webhookBody'

/** Something to send after the webhook has been answered. */
export type LaterAnswer = () => Promise<void>

/** Deals with the events of one webhook call. */
export interface LineEvents {
  /** Records every event that was not dealt with yet; gives the replies to send afterwards. */
  record: (account: LineAccount, events: LineEvent[]) => Promise<LaterAnswer[]>
}

/** Events that answer with a link: the chat itself is never read. */
const ANSWERED = ['follow', 'message', 'postback']

/**
 * Follows and blocks of LINE users. Each event may come twice and in any order: recording is
 * idempotent and looks at the event's own time, and what was dealt with is remembered.
 */
export function createLineEvents(web: WebContext): LineEvents {
  return {
    record: async (account, events) => {
      if (events.length === 0) return []
      const municipalities = (await web.settings.municipalities()).filter(
        ({ lineAccount, isActive }) => isActive && lineAccount === account.id,
      )
      const answers: LaterAnswer[] = []
      for (const event of events) {
        if (await web.readers.isEventDone(event.id)) continue
        await recordEvent(web, { account, municipalities, event })
        await web.readers.markEventDone(event.id)
        const answer = answerTo(web, { account, municipalities, event })
        if (answer) answers.push(answer)
      }
      return answers
    },
  }
}

interface Occurrence {
  account: LineAccount
  municipalities: MunicipalitySettings[]
  event: LineEvent
}

async function recordEvent(
  { readers }: WebContext,
  { account, municipalities, event }: Occurrence,
): Promise<void> {
  const { type, userId, at } = event
  if ((type !== 'follow' && type !== 'unfollow') || !userId || !isLineUserId(userId)) return
  await readers.recordFriendship({
    lineAccount: account.id,
    provider: account.provider,
    municipalities: municipalities.map(({ code }) => code),
    userId,
    isFriend: type === 'follow',
    at,
  })
}

function answerTo(
  web: WebContext,
  { account, municipalities, event }: Occurrence,
): LaterAnswer | null {
  const { line } = web
  const { type, userId, replyToken } = event
  if (!line || !userId || !replyToken || !isLineUserId(userId)) return null
  if (!ANSWERED.includes(type) || municipalities.length === 0) return null
  return async () => {
    const text = await lineAnswer(web, { account, municipalities, userId })
    const message = { type: 'text', text }
    await line.reply({ account, replyToken, messages: [message] })
  }
}
