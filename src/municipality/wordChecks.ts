import type { CollectionBeforeValidateHook, PayloadRequest } from 'payload'

import { asStored } from '../cms/stored'
import { checkOneLine, isEmpty, type Verdict } from '../fields/checks'
import { checkHosts, checkNoAddress, checkOwnAddress, hostOf } from './hosts'
import { nameTaken, type NamedTown } from './senderNames'

/** What Payload hands to a field's `validate`, as far as these checks use it. */
export interface WordContext {
  data?: unknown
  event?: string
  id?: unknown
  previousValue?: unknown
  req: PayloadRequest
}

/**
 * A check of a word that is new: what has been there since before a rule was made keeps nobody from
 * saving something else. *Pure.*
 */
export function whenNew(
  check: (value: unknown, context: WordContext) => Verdict | Promise<Verdict>,
): (value: unknown, context: WordContext) => Verdict | Promise<Verdict> {
  return (value, context) =>
    !isEmpty(value) && value === context.previousValue ? true : check(value, context)
}

/** One line without any address. *Pure.* */
export function checkWords(value: unknown, label: string, max: number): Verdict {
  const line = checkOneLine(value, label, max)
  return line === true ? checkNoAddress(value, label) : line
}

/** A name under which readers know the municipality: its own, and nobody else's. */
export async function checkFreeName(
  value: unknown,
  { label, max }: { label: string; max: number },
  { data, event, id, req }: WordContext,
): Promise<Verdict> {
  const words = checkWords(value, label, max)
  if (words !== true || event === 'onChange') return words
  const { name, code } = (data ?? {}) as Partial<NamedTown>
  const own = { name: String(name ?? ''), code: String(code ?? '') }
  const named = others.get(req) ?? (await findOthers(req, id === undefined ? null : String(id)))
  // Of one code there is one municipality only; the code's own field says so.
  const taken = nameTaken(
    String(value),
    own,
    named.filter(({ code: theirs }) => theirs !== own.code),
  )
  if (taken === null) return true
  return `${label}に、ほかの差出人の名前「${taken}」が入っています。読者が取り違えない、この自治体の名前にしてください。同じ名前の自治体があるときは、都道府県から書きます(例: 広島県府中市)。`
}

/** Names of the others, for the length of one saving. */
const others = new WeakMap<PayloadRequest, NamedTown[]>()

/**
 * Reads the names that must not be taken before the fields are checked: those are checked all at
 * once, and a transaction does not begin with two questions at the same time.
 */
export const readOtherNames: CollectionBeforeValidateHook = async ({ data, originalDoc, req }) => {
  others.set(req, await findOthers(req, originalDoc?.id ? String(originalDoc.id) : null))
  return data
}

/** Names of all municipalities but one, whoever asks: they are what must not be taken. */
async function findOthers(req: PayloadRequest, except: string | null): Promise<NamedTown[]> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-municipalities',
    where: except === null ? {} : { id: { not_equals: except } },
    select: { name: true, senderName: true, code: true },
    depth: 0,
    pagination: false,
    overrideAccess: true,
    req,
  })
  return asStored<NamedTown[]>(docs)
}

/** The municipality's page, on a host it has named. *Pure.* */
export function checkPage(value: unknown, { data }: WordContext): Verdict {
  const { hosts } = (data ?? {}) as { hosts?: unknown }
  return checkOwnAddress(value, Array.isArray(hosts) ? hosts.map(String) : [])
}

/**
 * Hosts that may be named; the page's own stays among them. Where only the page is another, its own
 * check says so. *Pure.*
 */
export function checkNamedHosts(value: unknown, { data, previousValue }: WordContext): Verdict {
  const hosts = checkHosts(value)
  const page = hostOf((data as { contact?: { url?: unknown } } | undefined)?.contact?.url)
  const named: unknown[] = Array.isArray(value) ? value : []
  if (isSameList(named, previousValue)) return hosts
  if (hosts !== true || page === null || named.length === 0 || named.includes(page)) return hosts
  return `案内ページのホスト名「${page}」が、この中にありません。加えるか、案内ページを変えてください。`
}

function isSameList(list: readonly unknown[], before: unknown): boolean {
  return (
    Array.isArray(before) &&
    list.length === before.length &&
    list.every((one, place) => one === before[place])
  )
}

/** A new municipality's hosts: those it names, else the one of its own page. *Pure.* */
export function withOwnHost(data: Record<string, unknown>): Record<string, unknown> {
  const { hosts, contact } = data
  const host = hostOf((contact as { url?: unknown } | undefined)?.url)
  const isNamed = Array.isArray(hosts) && hosts.length > 0
  return isNamed || host === null ? data : { ...data, hosts: [host] }
}
