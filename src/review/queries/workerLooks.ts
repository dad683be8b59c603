import type { CollectionBeforeOperationHook, PayloadRequest } from 'payload'

import { TURNS } from '../../cms/turn'
import { isWorker, SERVICE_ACCOUNTS } from '../../people/roles'

/**
 * A withdrawal is dated before its transaction ends; a look in between does not see it yet.
 */
const COMMIT_MS = 3_000

const key = (account: string) => `kizuna-look:${account}`

/**
 * Notes when a program asked for releases: each look brings every withdrawal before it, so this says
 * which program has one. Beside the answer; a note that fails stops nothing.
 */
export function noteLooks({ now }: { now: () => Date }): CollectionBeforeOperationHook {
  return ({ operation, req }) => {
    if (operation !== 'read' || !req.user || !isWorker(req.user)) return
    const { payload, user } = req
    const data = { key: key(String(user.id)), data: { at: now().toISOString() } }
    const where = { key: { equals: data.key } }
    void payload.db
      .upsert({ collection: TURNS, where, data, returning: false })
      .catch(() => payload.logger.warn('look not noted'))
  }
}

/** A program that delivers, and when it last looked; null when it never did. */
export interface WorkerLook {
  name: string
  at: Date | null
  /** Whether it has what was withdrawn at the moment that was asked for. */
  hasIt: boolean
}

/** When each program in use last asked for releases. */
export async function findLooks(req: PayloadRequest, withdrawnAt: Date): Promise<WorkerLook[]> {
  const { docs } = await req.payload.find({
    collection: SERVICE_ACCOUNTS,
    where: { isActive: { equals: true } },
    select: { name: true },
    sort: 'name',
    depth: 0,
    pagination: false,
    overrideAccess: true,
    req,
  })
  return Promise.all(
    docs.map(async ({ id, name }) => {
      const found = await req.payload.db.findOne<{ id: string; data?: { at?: string } }>({
        collection: TURNS,
        where: { key: { equals: key(String(id)) } },
      })
      const at = found?.data?.at ? new Date(found.data.at) : null
      const hasIt = at !== null && at.getTime() > withdrawnAt.getTime() + COMMIT_MS
      return { name: name ?? '配信プログラム', at, hasIt }
    }),
  )
}
