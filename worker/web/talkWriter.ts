import type { Address, Reader } from '../readers/reader'
import type { LineAccount, MunicipalitySettings } from '../../src/plan/settings'

import { isUnborn } from './pageEntrance'
import type { RowReader } from './talkRow'
import type { WebContext } from './webContext'
import { wordsOf, type Words } from './words/words'

/** Who wrote to a LINE account, or pressed a button in its talk. */
export interface LineWriter {
  account: LineAccount
  /** Those that send through the account, at least one; some of them may pause. */
  municipalities: MunicipalitySettings[]
  userId: string
  /** The message; it is heard, and neither kept nor repeated. Null: a sticker, a picture, a voice. */
  text: string | null
  /** What a pressed button carries, or null. */
  data: string | null
  /** They have just added the account. */
  isFollow: boolean
}

/** Who a writer is to us. */
export interface KnownWriter {
  /** Their deliveries, one for each town. */
  readers: RowReader[]
  /** Had deliveries here of which none is left. */
  hasStopped: boolean
  /** Their texts came here, and come to another contact, or from another town, now. */
  isFormer: boolean
  /** The town whose texts come here, or came; or null. */
  town: MunicipalitySettings | null
  /** What they read, or read when texts came here. */
  words: Words
  /** Of these who may still undo it; null is nobody. */
  undoing: string | null
}

/** Where a writer is written to. *Pure.* */
export function addressOf({ account, userId }: Pick<LineWriter, 'account' | 'userId'>): Address {
  return { channel: 'line', account: account.provider, address: userId }
}

/** How the account calls itself: an account of several municipalities uses the name of none. *Pure.* */
export function senderOf({ municipalities }: Pick<LineWriter, 'municipalities'>): string {
  const [only, ...others] = municipalities
  return only && others.length === 0 ? only.senderName : '子育て便り'
}

/** What the list of talks and a lock screen show of an answer: that there is one. *Pure.* */
export function altTextOf(writer: Pick<LineWriter, 'municipalities'>, { talk }: Words): string {
  return talk.notice(senderOf(writer))
}

/** Finds a writer among the readers of the account's municipalities. */
export async function findWriter(web: WebContext, writer: LineWriter): Promise<KnownWriter> {
  const found = await web.readers.findByTalk(addressOf(writer))
  const own = inTowns(
    writer,
    found.own.map((reader) => ({ reader, municipality: reader.municipality })),
  )
  const active = own.filter(({ reader }) => reader.status === 'active')
  const readers = await Promise.all(active.map((one) => withChildren(web, one)))
  const stopped = own.filter(({ reader }) => reader.status === 'stopped')
  const undoing = await findUndoing(web, stopped)
  const gone = inTowns(writer, found.former)
  const [last] = [...active, ...stopped, ...gone]
  return {
    readers,
    hasStopped: stopped.length > 0 || gone.length > 0,
    isFormer: await isAnyServed(web, gone),
    town: last?.town ?? null,
    words: wordsOf(last?.reader.edition),
    undoing,
  }
}

interface OfTown {
  reader: Reader
  town: MunicipalitySettings
}

/** Those of the towns that send through the account. *Pure.* */
function inTowns(
  { municipalities }: LineWriter,
  found: readonly { reader: Reader; municipality: string }[],
): OfTown[] {
  return found.flatMap(({ reader, municipality }) => {
    const town = municipalities.find(({ code }) => code === municipality)
    return town ? [{ reader, town }] : []
  })
}

/** Whether the texts of a child come to one of these. */
async function isAnyServed({ readers }: WebContext, gone: readonly OfTown[]): Promise<boolean> {
  const active = gone.filter(({ reader }) => reader.status === 'active')
  const children = await Promise.all(active.map(({ reader }) => readers.childrenOf(reader._id)))
  return children.some((own) => own.length > 0)
}

/** Id of the first reader who may undo their stop. */
async function findUndoing(
  { readers }: WebContext,
  stopped: readonly OfTown[],
): Promise<string | null> {
  for (const { reader } of stopped) {
    const readerId = reader._id
    if ((await readers.openStops({ readerId })).length > 0) return readerId
  }
  return null
}

async function withChildren(web: WebContext, { reader, town }: OfTown): Promise<RowReader> {
  const children = await web.readers.childrenOf(reader._id)
  return { reader, town, hasChildren: children.length > 0, hasUnborn: children.some(isUnborn) }
}
