import type { PayloadRequest } from 'payload'

import { ENDED_STAGES, type MoveEntry, type MoveStage } from '../accounts/moveStage'
import type { MoveKind } from '../accounts/movePlan'
import type { MoveCounts } from '../accounts/readerState'
import type { TownAccount } from '../accounts/topology'
import { ReviewRefusal } from '../cms/refusal'
import { relatedId } from '../cms/relation'
import { asStored } from '../cms/stored'
import type { LocalDay } from '../stage/day'
import { canMove } from './rights'

/** Slug of the collection. */
export const ACCOUNT_MOVES = 'kizuna-account-moves'

/** How many stood where at the end of a day, in tens. */
export interface DayFigures {
  day: LocalDay
  counts: MoveCounts
}

/** A move as it is stored. */
export interface StoredMove {
  id: string
  title: string
  /** Id of the municipality. */
  municipality: string
  kind: Exclude<MoveKind, 'lineToMail'>
  stage: MoveStage
  /** Ids of the accounts, and what they were when it was proposed. */
  from: string
  to: string
  accounts: { from: TownAccount; to: TownAccount }
  /** The first and the last day; before it begins, the day it was proposed. */
  begin: LocalDay
  until: LocalDay
  /** Only added to. */
  history: MoveEntry[]
  figures: DayFigures[]
}

/** Every move of a municipality that the person may see, the newest first. */
export async function findMoves(req: PayloadRequest, municipality: string): Promise<StoredMove[]> {
  const { docs } = await req.payload.find({
    collection: ACCOUNT_MOVES,
    where: { municipality: { equals: municipality } },
    sort: '-createdAt',
    depth: 0,
    pagination: false,
    overrideAccess: false,
    req,
  })
  return docs.map(moveOf)
}

/** A move by its id. @throws ReviewRefusal NOT_FOUND, also for who may not see it. */
export async function findMove(req: PayloadRequest, id: string): Promise<StoredMove> {
  const found = await req.payload.findByID({
    collection: ACCOUNT_MOVES,
    id,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
    req,
  })
  if (!found) throw new ReviewRefusal('NOT_FOUND', NO_MOVE)
  return moveOf(found)
}

const NO_MOVE = 'この引っ越しは見つからないか、見る権限がありません。'

/** Whether a municipality has a move that is not over, whoever asks. */
export async function hasOpenMove(req: PayloadRequest, municipality: string): Promise<boolean> {
  const { totalDocs } = await req.payload.count({
    collection: ACCOUNT_MOVES,
    where: {
      and: [{ municipality: { equals: municipality } }, { stage: { not_in: [...ENDED_STAGES] } }],
    },
    overrideAccess: true,
    req,
  })
  return totalDocs > 0
}

/** The moves that wait for the person to confirm them: of all they may read, those of others. */
export async function findMovesToConfirm(req: PayloadRequest): Promise<StoredMove[]> {
  const { docs } = await req.payload.find({
    collection: ACCOUNT_MOVES,
    where: { stage: { equals: 'proposed' } },
    depth: 0,
    pagination: false,
    overrideAccess: false,
    req,
  })
  return docs
    .map(moveOf)
    .filter((move) => canMove(req.user, move.municipality))
    .filter(({ history }) => proposerIn(history) !== String(req.user?.id))
}

/** Who proposed a move, by what was done about it. *Pure.* */
export function proposerIn(history: readonly MoveEntry[]): string | null | undefined {
  return history.find(({ act }) => act === 'propose')?.by
}

function moveOf(document: unknown): StoredMove {
  const move = asStored<StoredMove & { municipality: unknown }>(document)
  return { ...move, id: String(move.id), municipality: relatedId(move.municipality) ?? '' }
}
