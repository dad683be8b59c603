import { z } from 'zod'

import type { LineGroupTalk } from '../channel/channel'

/** One event of a LINE webhook, as far as it is looked at. */
export interface LineEvent {
  id: string
  type: string
  at: Date
  /** Whether LINE may have delivered it before: it says so, or says nothing of it. */
  isAgain: boolean
  /**
   * Who is in the one-to-one talk the event comes from. Null in a group or a room: there an answer
   * would be read by everybody in it, so nothing that follows may know who wrote.
   */
  userId: string | null
  /** The group or room the event comes from, or null. */
  groupTalk: LineGroupTalk | null
  replyToken: string | null
  /** Text of a message; only a family's link is looked for in it. */
  text: string | null
  /** What a pressed button carries. */
  data: string | null
}

/** It goes into the address of a request as it is. */
const groupTalkId = z.string().regex(/^[\w-]{1,100}$/)

/** LINE sends a handful at once; this many are nobody's friends. */
const MAX_EVENTS = 1000

/** https://developers.line.biz/en/reference/messaging-api/#text-message */
const MAX_TEXT = 5000

const word = z.string().max(100)

/** The last instant there is: https://tc39.es/ecma262/#sec-time-values-and-time-range */
const LAST_MS = 8.64e15

const event = z.object({
  type: word,
  webhookEventId: z.string().min(1).max(200),
  timestamp: z.number().min(0).max(LAST_MS),
  deliveryContext: z.object({ isRedelivery: z.boolean() }).nullish().catch(undefined),
  source: z
    .object({
      type: word.optional(),
      userId: word.optional(),
      groupId: groupTalkId.optional(),
      roomId: groupTalkId.optional(),
    })
    .nullish(),
  replyToken: z.string().max(500).nullish(),
  message: z.object({ text: z.string().max(MAX_TEXT).optional().catch(undefined) }).nullish(),
  postback: z.object({ data: z.string().max(300) }).nullish(),
})
const body = z.object({ events: z.array(z.unknown()).max(MAX_EVENTS) })

/**
 * The events of a webhook body in the order they happened, or null when it is not one or has more
 * than LINE ever sends at once. Events that are not in a form we know are left out. *Pure.*
 */
export function parseWebhook(bytes: Buffer): LineEvent[] | null {
  const parsed = body.safeParse(parseJson(bytes))
  if (!parsed.success) return null
  return parsed.data.events
    .flatMap((value) => {
      const known = event.safeParse(value)
      return known.success ? [eventOf(known.data)] : []
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime())
}

function eventOf(known: z.infer<typeof event>): LineEvent {
  return {
    id: known.webhookEventId,
    type: known.type,
    at: new Date(known.timestamp),
    isAgain: known.deliveryContext?.isRedelivery ?? true,
    userId: known.source?.type === 'user' ? (known.source.userId ?? null) : null,
    groupTalk: groupTalkOf(known.source ?? {}),
    replyToken: known.replyToken ?? null,
    text: known.message?.text ?? null,
    data: known.postback?.data ?? null,
  }
}

function groupTalkOf({
  type,
  groupId,
  roomId,
}: NonNullable<z.infer<typeof event>['source']>): LineGroupTalk | null {
  if (type === 'group' && groupId) return { kind: 'group', id: groupId }
  if (type === 'room' && roomId) return { kind: 'room', id: roomId }
  return null
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}
