import { failureOf } from '../concurrency/failure'
import { withTimeout } from '../concurrency/withTimeout'
import type { Incident } from './incident'
import { createIncidentStore, type IncidentStore } from './incidentStore'
import { look, nextOf, type LookOptions } from './look'
import type { OnCallMessage } from './message'
import type { OnCallWay } from './ways'

/** How often it is looked. */
const LOOK_MS = 15_000

/** A look that takes longer counts as one that failed. */
const LOOK_TIMEOUT_MS = 60_000

/** What the teller works with. */
export interface TellerOptions extends LookOptions {
  log: { warn: (fields: object, message: string) => void }
}

/**
 * Tells people on call what has happened. Every process looks: of a worker that is dead the web side
 * tells, and the other way round. What goes out is not waited for, so a way that hangs holds up no look.
 */
export function createTeller(options: TellerOptions) {
  const { ways, log } = options
  const store = createIncidentStore(options)
  const senders = ways.map((way) => createSender(way, { store, log }))
  const silence = createSilence(options)
  return {
    /** Looks once, and lets go out what waits. */
    turn: async (): Promise<void> => {
      if (ways.length === 0) return
      const looked = withTimeout(look(options, store), LOOK_TIMEOUT_MS, 'LOOK_TIMEOUT')
      const failure = await looked.then(() => null, failureOf)
      if (failure) log.warn(failure, 'not looked for people on call')
      const unstored = silence.note(failure !== null)
      for (const sender of senders) sender.kick(unstored)
    },
    /** Resolves when nothing is on its way. */
    idle: async (): Promise<void> => void (await Promise.all(senders.map(({ idle }) => idle()))),
  }
}

/** Tells people on call. */
export type Teller = ReturnType<typeof createTeller>

/** Turns again and again, until what it gives is called and has ended. */
export function startTeller(
  { turn, idle }: Teller,
  { before, onFailed }: { before: () => Promise<void>; onFailed: (error: unknown) => void },
) {
  let isStopping = false
  let timer: NodeJS.Timeout | null = null
  let turning: Promise<void> = Promise.resolve()
  const turnAndWait = () => {
    if (isStopping) return
    turning = before()
      .then(turn)
      .catch(onFailed)
      .finally(() => {
        if (!isStopping) timer = setTimeout(turnAndWait, LOOK_MS)
      })
  }
  turnAndWait()
  return async (): Promise<void> => {
    isStopping = true
    if (timer) clearTimeout(timer)
    await turning
    await idle()
  }
}

interface Unstored {
  message: OnCallMessage
  id: string
}

/** Sends on one way, one letter after the other; asked again while it does, it is on it already. */
function createSender(
  way: OnCallWay,
  { store, log }: Pick<TellerOptions, 'log'> & { store: IncidentStore },
) {
  let sending: Promise<void> | null = null
  let unstored: Unstored[] = []
  const sendStored = async () => {
    for (const letter of await store.takeDue([way.key])) {
      const answer = await way.tell(letter.message, letter._id)
      if (!answer.isTaken) log.warn({ way: way.key, code: answer.code }, 'on call not told')
      await store.note(letter, answer.isTaken ? null : answer.code)
    }
  }
  const sendUnstored = async () => {
    for (const one of [...unstored]) {
      const answer = await way.tell(one.message, one.id)
      if (answer.isTaken) unstored = unstored.filter((other) => other !== one)
    }
  }
  return {
    kick: (more: readonly Unstored[]): void => {
      unstored.push(...more)
      sending ??= sendUnstored()
        .then(sendStored)
        .catch((error: unknown) => log.warn(failureOf(error), 'on call not told'))
        .finally(() => {
          sending = null
        })
    },
    idle: async (): Promise<void> => void (await sending),
  }
}

/**
 * That the database does not answer cannot be stored: each process that sees it tells it by itself, and
 * what it has told it keeps in memory.
 */
function createSilence({ now, publicUrl }: Pick<TellerOptions, 'now' | 'publicUrl'>) {
  let known: Incident | null = null
  let looks = 0
  return {
    /** What has to be told now. */
    note: (isSilent: boolean): Unstored[] => {
      looks = isSilent ? looks + 1 : looks
      const lastAt = isSilent ? now() : null
      const sighting = { code: 'database-silent', lastAt, since: null, total: looks, mayEnd: true }
      const next = nextOf(known, sighting, { now: now(), publicUrl })
      known = next?.incident ?? known
      const message = next?.message
      return message ? [{ message, id: `${message.id}.${now().getTime()}` }] : []
    },
  }
}
