import type { PayloadRequest } from 'payload'

import type { EndedMove, TownAccount } from '../accounts/topology'
import { lineAccountOf, mailAccountOf, topologyOf } from '../accounts/topology'
import { ReviewRefusal } from '../cms/refusal'
import { relatedId } from '../cms/relation'
import { hasRole } from '../people/roles'
import { localDayOf } from '../stage/day'
import { findMoves, type StoredMove } from './stored'

/** An account to choose, and whether its talks are answered by this product. */
export interface ChosenAccount extends TownAccount {
  isAnswering: boolean
}

/** A municipality with its accounts. */
export interface TownAccounts {
  id: string
  name: string
  /** Those it has and had, with their days. */
  topology: TownAccount[]
  /** Those its readers can be moved from, and to. */
  from: ChosenAccount[]
  to: ChosenAccount[]
  /** Its moves, the newest first. */
  moves: StoredMove[]
}

/**
 * The accounts of a municipality. Staff of a town see of the others' accounts none that another town
 * sends through, unless it is of the town's own provider.
 *
 * @throws ReviewRefusal NOT_FOUND
 */
export async function loadTownAccounts(req: PayloadRequest, id: string): Promise<TownAccounts> {
  const town = await findTown(req, id)
  const lines = await findLines(req)
  const moves = await findMoves(req, id)
  const current = lines.find((line) => line.id === relatedId(town.lineAccount))
  const mail: ChosenAccount = { ...mailAccountOf(town), isAnswering: false }
  const now = [
    ...(town.channels.includes('line') && current ? [current] : []),
    ...(town.channels.includes('mail') ? [mail] : []),
  ]
  const isTeam = hasRole(req.user, 'chief', 'admin')
  const taken = isTeam ? new Set<string>() : await takenByOthers(req, id)
  const isOffered = ({ id: line, provider }: ChosenAccount) =>
    line !== current?.id && (!taken.has(line) || provider === current?.provider)
  const to = lines.filter(isOffered)
  return {
    id,
    name: town.name,
    topology: topologyOf(now, moves.flatMap(endedOf)),
    from: now,
    // who has mail alone may come to the account the town has beside it
    to: town.channels.includes('mail') && current ? [current, ...to] : to,
    moves,
  }
}

async function findTown(req: PayloadRequest, id: string) {
  const town = await req.payload.findByID({
    collection: 'kizuna-municipalities',
    id,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
    req,
  })
  if (!town) {
    throw new ReviewRefusal('NOT_FOUND', 'この自治体は見つからないか、見る権限がありません。')
  }
  return town
}

/** Names and providers of all accounts, whoever asks: who may see which is decided above. */
async function findLines(req: PayloadRequest): Promise<ChosenAccount[]> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-line-accounts',
    select: { name: true, provider: true, kind: true, answers: true },
    sort: 'name',
    depth: 0,
    pagination: false,
    overrideAccess: true,
    req,
  })
  return docs.map(({ id, name, provider, kind, answers }) => ({
    ...lineAccountOf({ id: String(id), name, provider, kind }),
    isAnswering: answers !== 'none',
  }))
}

async function takenByOthers(req: PayloadRequest, own: string): Promise<Set<string>> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-municipalities',
    where: { and: [{ id: { not_equals: own } }, { lineAccount: { exists: true } }] },
    select: { lineAccount: true },
    depth: 0,
    pagination: false,
    overrideAccess: true,
    req,
  })
  return new Set(docs.flatMap(({ lineAccount }) => relatedId(lineAccount) ?? []))
}

/** A move that was finished, as the topology reads it. *Pure.* */
function endedOf({ stage, accounts, begin, history }: StoredMove): EndedMove[] {
  const end = history.findLast(({ act }) => act === 'finish')
  if (stage !== 'finished' || !end) return []
  return [{ ...accounts, begunOn: begin, endedOn: localDayOf(new Date(end.at)) }]
}
