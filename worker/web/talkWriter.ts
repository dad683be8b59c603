import type { Address, Reader } from '../readers/reader'
import type { LineAccount, MunicipalitySettings } from '../../src/plan/settings'

import { isUnborn } from './pageEntrance'
import type { RowReader } from './talkRow'
import type { WebContext } from './webContext'
import { wordsOf, type Words } from './words/words'

/** Who wrote to a LINE account, or pressed a button in its talk. */
export interface LineWriter {
  account: LineAccount
  /** Those that send through the account, at least one. */
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
  /** Had deliveries of which none is left. */
  hasStopped: boolean
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
export function altTextOf(writer: Pick<LineWriter, 'municipalities'>): string {
  return `${senderOf(writer)}からのお返事です`
}

/** The words a writer reads: of the edition of their texts. *Pure.* */
export function wordsFor({ readers }: Pick<KnownWriter, 'readers'>): Words {
  return wordsOf(readers[0]?.reader.edition)
}

/** Finds a writer among the readers of the account's municipalities. */
export async function findWriter(web: WebContext, writer: LineWriter): Promise<KnownWriter> {
  const found = await web.readers.findByIdentity(addressOf(writer))
  const own = found.flatMap((reader) => {
    const town = writer.municipalities.find(({ code }) => code === reader.municipality)
    return town ? [{ reader, town }] : []
  })
  const active = own.filter(({ reader }) => reader.status === 'active')
  const readers = await Promise.all(active.map((one) => withChildren(web, one)))
  const stopped = own.filter(({ reader }) => reader.status === 'stopped')
  const undoing = await findUndoing(web, stopped)
  return { readers, hasStopped: stopped.length > 0, undoing }
}

/** Id of the first reader who may undo their stop. */
async function findUndoing(
  { readers }: WebContext,
  stopped: readonly { reader: Reader }[],
): Promise<string | null> {
  for (const { reader } of stopped) {
    const readerId = reader._id
    if ((await readers.openStops({ readerId })).length > 0) return readerId
  }
  return null
}

async function withChildren(
  web: WebContext,
  { reader, town }: { reader: Reader; town: MunicipalitySettings },
): Promise<RowReader> {
  const children = await web.readers.childrenOf(reader._id)
  return { reader, town, hasChildren: children.length > 0, hasUnborn: children.some(isUnborn) }
}
