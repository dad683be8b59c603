import { countBy } from '../year/summary'
import type { Answered } from './openLoop'
import { eventId, replyTokenOf } from './webhookCalls'
import type { PlannedEvent, PlannedWebhook } from './plan'

/** Answers of the webhook that are not the ones that were to come, by what they were. *Pure.* */
export function wrongAnswers(calls: readonly Answered<PlannedWebhook>[]) {
  const wrong = calls.filter(({ what, status }) => status !== (what.isForged ? '401' : '200'))
  return countBy(wrong, ({ status }) => `webhook ${status}`)
}

interface Dealt {
  calls: readonly PlannedWebhook[]
  /** Ids of the events that are noted as dealt with. */
  noted: ReadonlySet<string>
  /** How often each reply token was used. */
  used: ReadonlyMap<string, number>
}

/** Whether each event was dealt with, and answered once where it is answered at all. *Pure.* */
export function dealtWith({ calls, noted, used }: Dealt) {
  const sent = eventsOf(calls)
  const times = sent.filter(isAnswered).map((event) => used.get(replyTokenOf(event)) ?? 0)
  return {
    sent: sent.length,
    lost: sent.filter((event) => !noted.has(eventId(event))).length,
    unanswered: times.filter((count) => count === 0).length,
    answeredTwice: times.filter((count) => count > 1).length,
  }
}

/** The events of those who know the secret, each once. *Pure.* */
function eventsOf(calls: readonly PlannedWebhook[]): PlannedEvent[] {
  return calls.flatMap(({ isForged, isRedelivery, events }) =>
    isForged || isRedelivery ? [] : events,
  )
}

function isAnswered({ kind }: PlannedEvent): boolean {
  return kind !== 'unfollow'
}
