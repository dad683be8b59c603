import type { PayloadRequest } from 'payload'

import { recordAudit } from '../cms/audit'
import { ReviewRefusal } from '../cms/refusal'
import { inTransaction } from '../cms/transaction'
import { takeTurn, TURNS } from '../cms/turn'
import { readRunActs, RUN_ACT_WORDS, type RunAct } from '../operation/runAct'
import type { RunStatus, TownStatus } from '../operation/status'
import { stateWords } from '../operation/words'
import { hasRole, LEADS } from '../people/roles'
import { findStatus } from './kept'

/** Under which the acts that wait for the worker stand. */
const KEY = 'kizuna-run-acts'

/** What somebody asks, with the reason they give. */
export type AskedAct = RunAct & { reason: string }

interface Asking {
  now: () => Date
  /** Code of the municipality that the person is of, or null. */
  ownCode: string | null
}

/**
 * Asks for an act on a run that is held; the worker does it once, also when it comes back later. It is
 * in the audit log with its reason.
 *
 * @throws ReviewRefusal NOT_FOUND where the run is not held so, or is not theirs; ALREADY_DONE when
 * somebody has asked already.
 */
export async function askRunAct(
  req: PayloadRequest,
  { reason, ...asked }: AskedAct,
  { now, ownCode }: Asking,
): Promise<{ words: string }> {
  const seen = await findStatus(req, ownCode)
  const found = heldIn(seen?.status.towns ?? [], asked)
  if (!found) throw new ReviewRefusal('NOT_FOUND', NOT_HELD)
  await inTransaction(req, async () => {
    await takeTurn(req, KEY)
    const waiting = await waitingActs(req)
    const before = waiting.find((one) => isSame(one, asked))
    if (before) {
      const words = `もう「${RUN_ACT_WORDS[before.act]}」と頼まれています。30 秒ほどで効きます。`
      throw new ReviewRefusal('ALREADY_DONE', words)
    }
    await recordAudit(req, {
      action: asked.act === 'continue' ? 'continue-run' : 'drop-run',
      collection: 'kizuna-municipalities',
      documentId: await townId(req, found.town.code),
      title: found.town.name,
      at: now(),
      note: `${stateWords(found.run, now())}。わけ: ${reason}`,
    })
    await keep(req, [...waiting, asked])
  })
  return { words: `「${RUN_ACT_WORDS[asked.act]}」と頼みました。30 秒ほどで効きます。` }
}

const NOT_HELD =
  'この配信回は、もう保留ではないか、見る権限がありません。「配信のようす」を開き直してください。'

/** What waits for the worker. */
export async function waitingActs(req: PayloadRequest): Promise<RunAct[]> {
  const found = await req.payload.db.findOne<{ id: string; data?: unknown }>({
    collection: TURNS,
    where: { key: { equals: KEY } },
    req,
  })
  return readRunActs(found?.data) ?? []
}

/** The worker has done an act, or found that it does not apply any more. */
export async function endRunAct(req: PayloadRequest, done: RunAct): Promise<void> {
  await inTransaction(req, async () => {
    await takeTurn(req, KEY)
    const waiting = await waitingActs(req)
    await keep(
      req,
      waiting.filter((one) => !isSame(one, done)),
    )
  })
}

async function keep(req: PayloadRequest, acts: readonly RunAct[]): Promise<void> {
  await req.payload.db.upsert({
    collection: TURNS,
    where: { key: { equals: KEY } },
    data: { key: KEY, data: { acts } },
    returning: false,
    req,
  })
}

function heldIn(towns: readonly TownStatus[], asked: RunAct) {
  const isAsked = (run: RunStatus) =>
    run.state === 'held' && run.id === asked.run && run.hold?.at === asked.heldAt
  for (const town of towns) {
    const run = town.runs.find(isAsked)
    if (run) return { town, run }
  }
  return null
}

function isSame(one: RunAct, other: RunAct): boolean {
  return one.run === other.run && one.heldAt === other.heldAt
}

async function townId(req: PayloadRequest, code: string): Promise<string> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-municipalities',
    where: { code: { equals: code } },
    select: {},
    depth: 0,
    limit: 1,
    overrideAccess: false,
    req,
  })
  return String(docs[0]?.id ?? '')
}

/** Who may say what becomes of a held run: of the own municipality, its approver. */
export function mayActOnRuns(user: PayloadRequest['user']): boolean {
  return hasRole(user, ...LEADS, 'municipal-approver')
}
