import { createHash } from 'node:crypto'

import { Binary, type Collection, type Db } from 'mongodb'

import { picturesIn } from '../../src/release/blocks/chosenPictures'
import type { Release } from '../../src/release/content'
import { MAX_PICTURE_BYTES, pictureName, pictureOfName } from '../../src/release/picture'

/** A picture of a text as it is kept here: its name is made of the hash of its bytes. */
interface StoredPicture {
  /** {@link pictureName} */
  _id: string
  bytes: Binary
}

/**
 * The pictures of released texts, in the delivery database: what readers see does not hang on the
 * CMS. They never change, and stay: a talk in LINE reads them as long as somebody scrolls back.
 */
export function createPictureStore(db: Db) {
  const pictures: Collection<StoredPicture> = db.collection('pictures')
  return {
    /** Names of those that are not there yet. */
    missing: async (names: readonly string[]): Promise<string[]> => {
      if (names.length === 0) return []
      const there = new Set(await pictures.distinct('_id', { _id: { $in: [...names] } }))
      return [...new Set(names)].filter((name) => !there.has(name))
    },
    /** Keeps what {@link isPictureOf} has found right. */
    save: async (name: string, bytes: Buffer): Promise<void> => {
      const set = { $setOnInsert: { bytes: new Binary(bytes) } }
      await pictures.updateOne({ _id: name }, set, { upsert: true })
    },
    /** The file, or null for a name that no text ever had. */
    read: async (name: string): Promise<Buffer | null> => {
      const found = await pictures.findOne({ _id: name })
      return found && Buffer.from(found.bytes.buffer)
    },
  }
}

/** The pictures of released texts. */
export type PictureStore = ReturnType<typeof createPictureStore>

/** Names of the pictures that a release shows, beside it and in its parts. *Pure.* */
export function picturesOfRelease({ action, content }: Release): string[] {
  if (action !== 'publish') return []
  const own = content.picture ? [pictureName(content.picture)] : []
  const blocks = content.type === 'addOn' ? content.blocks : []
  return [...own, ...blocks.flatMap((block) => picturesIn(block).map(({ name }) => name))]
}

/** What files of each type begin with. */
const BEGINNINGS = { jpeg: Buffer.from('ffd8ff', 'hex'), png: Buffer.from('89504e', 'hex') }

/** Whether these bytes are the picture that was approved, and one that channels take. *Pure.* */
export function isPictureOf(name: string, bytes: Buffer): boolean {
  const named = pictureOfName(name)
  return (
    named !== null &&
    bytes.length <= MAX_PICTURE_BYTES &&
    bytes.subarray(0, 3).equals(BEGINNINGS[named.type]) &&
    createHash('sha256').update(bytes).digest('hex') === named.hash
  )
}
