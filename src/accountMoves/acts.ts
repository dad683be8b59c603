import type { PayloadRequest } from 'payload'

import { planMove, type MovePlan } from '../accounts/movePlan'
import { stageAfter, type MoveAct, type MoveEntry, type MoveStage } from '../accounts/moveStage'
import { MAIL } from '../accounts/topology'
import { recordAudit } from '../cms/audit'
import { ReviewRefusal } from '../cms/refusal'
import { toStore } from '../cms/stored'
import { inTransaction } from '../cms/transaction'
import { nameOf } from '../people/names'
import { localDayOf, type LocalDay } from '../stage/day'
import { ACT_WORDS } from './actWords'
import { canMove } from './rights'
import {
  ACCOUNT_MOVES,
  findMove,
  hasOpenMove,
  proposerIn,
  type DayFigures,
  type StoredMove,
} from './stored'
import { loadTownAccounts, type ChosenAccount, type TownAccounts } from './townAccounts'

/** A move that is asked about. */
export interface MoveWanted {
  /** Id of the municipality. */
  municipality: string
  /** Ids of accounts, or `mail`. */
  from: string
  to: string
  until: LocalDay
}

interface Clock {
  now: () => Date
}

const NOT_ALLOWED =
  '引っ越しを決められるのは、この自治体の承認者と、監修責任者・システム管理者です。'

/** The plan of a move in words; nothing is written. @throws ReviewRefusal */
export async function planWanted(
  req: PayloadRequest,
  wanted: MoveWanted,
  { now }: Clock,
): Promise<MovePlan> {
  return (await readWanted(req, wanted, now())).plan
}

interface Wanted {
  town: TownAccounts
  from: ChosenAccount
  to: ChosenAccount
  plan: MovePlan
  begin: LocalDay
}

async function readWanted(req: PayloadRequest, wanted: MoveWanted, at: Date): Promise<Wanted> {
  if (!canMove(req.user, wanted.municipality)) {
    throw new ReviewRefusal('NOT_ALLOWED', NOT_ALLOWED)
  }
  const town = await loadTownAccounts(req, wanted.municipality)
  const from = town.from.find(({ id }) => id === wanted.from)
  const to = town.to.find(({ id }) => id === wanted.to)
  const begin = localDayOf(at)
  const answers = { from: from?.isAnswering ?? false, to: to?.isAnswering ?? false }
  const readers = await aboutReaders(req, wanted.municipality)
  const plan = from && to && planMove({ from, to, answers, readers, begin, until: wanted.until })
  if (!from || !to || !plan) {
    throw new ReviewRefusal(
      'INCOMPLETE',
      'いまのアカウントと、新しいアカウントを、1 つずつ選んでください。同じものは選べません。',
    )
  }
  return { town, from, to, plan, begin }
}

/** To the next ten, as the newest daily figures say. */
async function aboutReaders(req: PayloadRequest, municipality: string): Promise<number | null> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-reports',
    where: { municipality: { equals: municipality } },
    sort: '-date',
    limit: 1,
    depth: 0,
    overrideAccess: false,
    req,
  })
  const { readers } = (docs[0]?.numbers ?? {}) as { readers?: number | null }
  return readers ?? null
}

/** Proposes a move; nothing happens before a second person has confirmed it. @throws ReviewRefusal */
export function proposeMove(
  req: PayloadRequest,
  wanted: MoveWanted,
  { now }: Clock,
): Promise<{ id: string }> {
  return inTransaction(req, async () => {
    const { town, from, to, plan, begin } = await readWanted(req, wanted, now())
    if (plan.problems.length > 0) throw new ReviewRefusal('INCOMPLETE', plan.problems.join('\n'))
    if (await hasOpenMove(req, town.id)) throw new ReviewRefusal('ALREADY_DONE', ANOTHER)
    const title = `${town.name}: ${from.name} → ${to.name}`
    const data = {
      title,
      municipality: town.id,
      kind: plan.kind,
      stage: 'proposed',
      from: from.id,
      to: to.id,
      accounts: { from: faceOf(from), to: faceOf(to) },
      begin,
      until: wanted.until,
      history: [entryOf(req, { act: 'propose', note: '', at: now() })],
      figures: [],
    }
    const made = await req.payload.create({
      collection: ACCOUNT_MOVES,
      data: toStore(data),
      depth: 0,
      overrideAccess: true, // who may is asked above
      req,
    })
    const id = String(made.id)
    await audit(req, { id, title }, { act: 'propose', note: '', at: now() })
    return { id }
  })
}

const ANOTHER =
  'この自治体には、終わっていない引っ越しがあります。それを終えるか、元に戻してから始めてください。'

function faceOf({ isAnswering: _, ...account }: ChosenAccount) {
  return account
}

/** Takes a step of a move. @throws ReviewRefusal */
export function takeStep(
  req: PayloadRequest,
  { id, act, note }: { id: string; act: MoveAct; note: string },
  { now }: Clock,
): Promise<{ stage: MoveStage }> {
  return inTransaction(req, async () => {
    const move = await findMove(req, id)
    refuseUnlessMay(req, move, act)
    const stage = stageAfter(move.stage, act, move.kind)
    if (!stage || act === 'restored') throw new ReviewRefusal('OUT_OF_ORDER', NOT_NOW)
    const step = { act, note, at: now() }
    const begin = act === 'start' ? localDayOf(now()) : move.begin
    if (act === 'start') refuseUnlessLongEnough(move, begin)
    await save(req, move, {
      stage,
      begin,
      history: [...move.history, entryOf(req, step)],
    })
    if (act === 'finish') await settle(req, move)
    await audit(req, move, step)
    return { stage }
  })
}

const NOT_NOW = 'いまは、この操作はできません。画面を読み直してください。'

function refuseUnlessMay(req: PayloadRequest, move: StoredMove, act: MoveAct): void {
  if (!canMove(req.user, move.municipality)) throw new ReviewRefusal('NOT_ALLOWED', NOT_ALLOWED)
  if (act === 'confirm' && proposerIn(move.history) === String(req.user?.id)) {
    throw new ReviewRefusal(
      'NOT_ALLOWED',
      '自分が提案した引っ越しは確かめられません。ほかの承認者か、監修責任者・システム管理者に頼んでください。',
    )
  }
}

function refuseUnlessLongEnough({ accounts, until }: StoredMove, begin: LocalDay): void {
  const answers = { from: true, to: true }
  const plan = planMove({ ...accounts, answers, readers: null, begin, until })
  if (plan?.problems.length === 0) return
  throw new ReviewRefusal(
    'INCOMPLETE',
    `${(plan?.problems ?? []).join('\n')}\n元に戻して、新しい日で提案し直してください。`,
  )
}

/** The last step: from now on the municipality's own settings name the new account. */
async function settle(req: PayloadRequest, { municipality, to, from }: StoredMove): Promise<void> {
  const town = await req.payload.findByID({
    collection: 'kizuna-municipalities',
    id: municipality,
    depth: 0,
    overrideAccess: true,
    req,
  })
  const channels = [...new Set([...town.channels, 'line' as const])]
  req.context[FINISHING] = true
  await req.payload.update({
    collection: 'kizuna-municipalities',
    id: municipality,
    data: toStore({ lineAccount: to, ...(from === MAIL && { channels }) }),
    depth: 0,
    overrideAccess: true, // who may is asked above
    req,
  })
}

/** In the context of a write that ends a move. */
export const FINISHING = 'kizunaFinishesMove'

/** What the worker tells: how many stand where on a day, or that everybody is back. */
export type Told = DayFigures | { isRestored: true }

/** Notes what the worker tells; what is told of a move that is over changes nothing. */
export function noteTold(
  req: PayloadRequest,
  { id, told }: { id: string; told: Told },
  { now }: Clock,
): Promise<void> {
  return inTransaction(req, async () => {
    const move = await findMove(req, id)
    if ('isRestored' in told) {
      const stage = stageAfter(move.stage, 'restored', move.kind)
      if (!stage) return
      const step = { act: 'restored' as const, note: '', at: now() }
      await save(req, move, { stage, history: [...move.history, entryOf(req, step)] })
      return audit(req, move, step)
    }
    const others = move.figures.filter(({ day }) => day !== told.day)
    await save(req, move, { figures: [...others, told] })
  })
}

async function save(
  req: PayloadRequest,
  { id }: Pick<StoredMove, 'id'>,
  data: Partial<StoredMove>,
): Promise<void> {
  await req.payload.update({
    collection: ACCOUNT_MOVES,
    id,
    data: toStore(data),
    depth: 0,
    overrideAccess: true,
    req,
  })
}

interface Step {
  act: MoveAct
  note: string
  at: Date
}

function entryOf({ user }: PayloadRequest, { act, note, at }: Step): MoveEntry {
  const isWorker = act === 'restored'
  const by = isWorker ? null : String(user?.id)
  const byName = isWorker ? '配信プログラム' : (nameOf(user) ?? '')
  return { act, note, at: at.toISOString(), by, byName }
}

function audit(
  req: PayloadRequest,
  { id, title }: Pick<StoredMove, 'id' | 'title'>,
  { act, note, at }: Step,
): Promise<void> {
  return recordAudit(req, {
    action: 'account-move',
    collection: ACCOUNT_MOVES,
    documentId: id,
    title,
    at,
    note: [ACT_WORDS[act], note].filter(Boolean).join(': '),
  })
}
