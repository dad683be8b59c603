import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'

import { recordAudit } from '../cms/audit'
import { ON_PEOPLE } from '../cms/auditActions'
import { endpoint, jsonBody, only, saying, word } from '../cms/endpoint'
import { inTransaction } from '../cms/transaction'
import { systemNow } from '../config/clock'
import { nameOf } from './names'
import { holdsRole, isPerson } from './roles'
import { peopleIn } from './usersSlug'

/** One log-in of the person that has not ended. */
export interface OpenSession {
  id: string
  /** 「Windows の Edge」 */
  device: string
  /** ISO instant at which it began; this machine's clock. */
  since: string
  /** Whether it is the one that asks. */
  isThis: boolean
}

/** The person's log-ins, the newest first. */
export interface OwnSessions {
  sessions: OpenSession[]
  /** How long one lasts without being renewed. */
  hours: number
}

interface Clock {
  now: () => Date
}

const HOUR_S = 3600

const ended = z.strictObject({ id: word })

const people = only((user) => isPerson(user) && holdsRole(user), 'ログインしてください。')

/**
 * `GET /users/kizuna-sessions`: where the person is logged in, {@link OwnSessions}; and `POST
 * /users/kizuna-sessions/end` with `{ id }` ends one of these, at once.
 */
export function sessionEndpoints(clock: Clock): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/kizuna-sessions',
      who: people,
      run: ({ req }) => ownSessions(req),
    }),
    endpoint({
      method: 'post',
      path: '/kizuna-sessions/end',
      who: people,
      input: jsonBody(ended, saying('終えるログインを選んでください。')),
      run: async ({ req, input: { id } }) => {
        await endSession(req, id, clock.now())
        return ownSessions(req)
      },
    }),
  ]
}

interface Account {
  id: string
  sessions?: StoredSession[] | null
  kizunaDevices?: Readonly<Record<string, string>> | null
}

interface StoredSession {
  id: string
  createdAt?: Date | string | null
  expiresAt: Date | string
}

async function ownSessions(req: PayloadRequest): Promise<OwnSessions> {
  const { sessions, kizunaDevices } = await findOwn(req)
  const { _sid: own } = (req.user ?? {}) as { _sid?: unknown }
  const open = (sessions ?? []).filter(({ expiresAt }) => new Date(expiresAt) > systemNow())
  const told = open.map(({ id, createdAt, expiresAt }): OpenSession => ({
    id,
    device: kizunaDevices?.[id] ?? '種類の分からない端末',
    since: new Date(createdAt ?? expiresAt).toISOString(),
    isThis: id === own,
  }))
  const { auth } = req.payload.collections[peopleIn(req.payload)].config
  return {
    sessions: told.sort((one, other) => (one.since < other.since ? 1 : -1)),
    hours: Math.round(auth.tokenExpiration / HOUR_S),
  }
}

async function endSession(req: PayloadRequest, id: string, at: Date): Promise<void> {
  await inTransaction(req, async () => {
    const { id: own, sessions, kizunaDevices } = await findOwn(req)
    const left = (sessions ?? []).filter((session) => session.id !== id)
    if (left.length === (sessions ?? []).length) return // it has ended already
    await req.payload.db.updateOne({
      collection: peopleIn(req.payload),
      id: own,
      data: { sessions: left, updatedAt: null },
      returning: false,
      req,
    })
    await recordAudit(req, {
      action: 'logout',
      collection: ON_PEOPLE,
      documentId: String(own),
      title: nameOf(req.user) ?? '',
      at,
      note: `ほかの端末から: ${kizunaDevices?.[id] ?? '種類の分からない端末'}`,
    })
  })
}

/** As it is stored, with what is never shown. */
async function findOwn(req: PayloadRequest): Promise<Account> {
  const where = { id: { equals: req.user?.id ?? '' } }
  const collection = peopleIn(req.payload)
  return (await req.payload.db.findOne<Account>({ collection, where, req })) ?? { id: '' }
}
