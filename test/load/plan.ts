import { createHash } from 'node:crypto'

/** An event of a talk as life has them, and whose. */
export interface PlannedEvent {
  id: string
  kind: 'message' | 'postback' | 'follow' | 'unfollow'
  /** Number of a reader of the town, or null: somebody new. */
  reader: number | null
}

/** A call of the webhook. */
export interface PlannedWebhook {
  at: number
  town: number
  events: PlannedEvent[]
  isRedelivery: boolean
  /** Somebody who does not know the secret. */
  isForged: boolean
}

/** Somebody who registers. */
export interface PlannedRegistration {
  at: number
  town: number
  number: number
}

interface LoadSize {
  seconds: number
  towns: number
  readersPerTown: number
}

/** So long after an event LINE delivers it again, when it does. */
const AGAIN_AFTER = 3000

/** Of a hundred calls: how many are forged, and how many LINE sends twice. */
const FORGED = 1
const TWICE = 3

/**
 * A steady number of webhook calls a second, those that come twice among them; a name tells the events of
 * one plan from another's. *Pure.*
 */
export function planWebhooks(perSecond: number, size: LoadSize, name = ''): PlannedWebhook[] {
  const count = Math.floor(perSecond * size.seconds)
  const all: PlannedWebhook[] = []
  const again: PlannedWebhook[] = []
  for (let number = 0; number < count; number += 1) {
    const at = (number * 1000) / perSecond
    const due = again[0] && again[0].at <= at ? again.shift() : undefined
    const one = due ? { ...due, at } : newWebhook({ number, at, size, name })
    all.push(one)
    if (!due && !one.isForged && dice(`twice${number}`) % 100 < TWICE)
      again.push({ ...one, at: at + AGAIN_AFTER, isRedelivery: true })
  }
  return all
}

interface NewWebhook {
  number: number
  at: number
  size: LoadSize
  name: string
}

function newWebhook({ number, at, size, name }: NewWebhook) {
  const count = dice(`events${number}`) % 10 === 0 ? 3 : 1
  const events = Array.from({ length: count }, (_, nth) =>
    plannedEvent(`${name}${number}-${nth}`, size),
  )
  const isForged = dice(`forged${number}`) % 100 < FORGED
  return { at, town: dice(`town${number}`) % size.towns, events, isRedelivery: false, isForged }
}

/** Mostly messages and pressed buttons; a tenth are new friends, and a few block the account. */
function plannedEvent(id: string, { readersPerTown }: LoadSize): PlannedEvent {
  const share = dice(`kind${id}`) % 100
  const reader = readersPerTown === 0 ? null : dice(`reader${id}`) % readersPerTown
  if (share < 10) return { id, kind: 'follow', reader: null }
  if (share < 12) return { id, kind: 'unfollow', reader }
  return { id, kind: share < 60 ? 'message' : 'postback', reader }
}

/** A steady number of registrations a second, of people who come once. *Pure.* */
export function planRegistrations(perSecond: number, { seconds, towns }: LoadSize) {
  const count = Math.floor(perSecond * seconds)
  return Array.from({ length: count }, (_, number): PlannedRegistration => {
    const at = (number * 1000) / perSecond
    return { at, town: dice(`home${number}`) % towns, number }
  })
}

function dice(name: string): number {
  return createHash('md5').update(name).digest().readUInt32BE()
}
