import type { PayloadRequest } from 'payload'

import { shortRoles } from './roles'
import { peopleIn } from './usersSlug'

/** For somebody whose name the person may not see, or who has left. */
const SOMEBODY = '担当者'

/** Name of who is logged in, as it is noted with what they do. *Pure.* */
export function nameOf(user: PayloadRequest['user']): string | undefined {
  const { kizunaName } = (user ?? {}) as { kizunaName?: string }
  return kizunaName
}

/** Names of people by id, as far as the person of the request may see them. */
export async function findNames(
  req: PayloadRequest,
  ids: readonly string[],
): Promise<(id: string) => string> {
  return inWords(req, ids, ({ kizunaName }) => kizunaName)
}

/** Names of people by id, with what they are here: 「佐藤(編集)」. */
export async function findNamesWithRoles(
  req: PayloadRequest,
  ids: readonly string[],
): Promise<(id: string) => string> {
  return inWords(req, ids, ({ kizunaName, kizunaRoles }) => withRoles(kizunaName, kizunaRoles))
}

/** A name with the roles it stands for, unless it says something in brackets itself. *Pure.* */
export function withRoles(name: string, held: unknown): string {
  return withWord(name, shortRoles(held).join('、'))
}

/** A name with a word in brackets, unless it says something in brackets itself. *Pure.* */
export function withWord(name: string, word: string): string {
  return word && !/[)）]$/.test(name) ? `${name}(${word})` : name
}

interface Account {
  kizunaName: string
  kizunaRoles?: unknown
}

async function inWords(
  req: PayloadRequest,
  ids: readonly string[],
  wordsFor: (account: Account) => string,
): Promise<(id: string) => string> {
  const asked = [...new Set(ids)].filter(Boolean)
  if (asked.length === 0) return () => SOMEBODY
  const { docs } = await req.payload.find({
    collection: peopleIn(req.payload),
    where: { id: { in: asked } },
    select: { kizunaName: true, kizunaRoles: true },
    pagination: false,
    depth: 0,
    overrideAccess: false,
    req,
  })
  const names = new Map(docs.map((account) => [String(account.id), wordsFor(account as Account)]))
  return (id) => names.get(id) ?? SOMEBODY
}
