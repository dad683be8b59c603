import type {
  CollectionBeforeChangeHook,
  CollectionBeforeDeleteHook,
  PayloadRequest,
  Where,
} from 'payload'

import { chosenFields, pictureFields } from '../release/blocks/blockTypes'
import { smallPictureName } from '../release/ourPicture'
import { pictureName } from '../release/picture'
import { ReviewRefusal } from '../cms/refusal'
import { inUseSentence } from '../cms/inUse'

const ADVICE =
  '届いたメールや LINE は、開いたときにこの画像を読みに来ます。自治体原稿の「表紙の画像」から外し、公開し直してからも、しばらく残してください。'

/** A picture that a text shows, or has shown to readers, stays. */
export const keepShownPicture: CollectionBeforeDeleteHook = async ({ id, req }) => {
  const picture = await req.payload.findByID({
    collection: 'kizuna-media',
    id,
    req,
    depth: 0,
    disableErrors: true,
    overrideAccess: true,
  })
  await refuseWhenShown(req, picture?.filename)
  if (picture) await refuseWhenInText(req, picture)
}

/** And it stays public: readers' programs have no log-in. */
export const keepShownPublic: CollectionBeforeChangeHook = async ({ data, originalDoc, req }) => {
  if (originalDoc?.isPublic === true && data.isPublic === false) {
    await refuseWhenShown(req, originalDoc.filename)
  }
  return data
}

async function refuseWhenShown(req: PayloadRequest, filename: unknown): Promise<void> {
  if (typeof filename !== 'string' || !filename) return
  const shownIn = (blocks: string): Where => ({
    or: pictureFields().flatMap((name) =>
      partsOfAddress(filename).map((part) => ({ [`${blocks}.${name}`]: { contains: part } })),
    ),
  })
  const [drafts, releases] = [
    await count(req, 'kizuna-add-ons', shownIn('blocks')),
    await count(req, 'kizuna-releases', shownIn('content.blocks')),
  ]
  const used = [
    ...(drafts > 0 ? [`自治体原稿 ${drafts} 件`] : []),
    ...(releases > 0 ? [`確定版 ${releases} 件`] : []),
  ]
  if (used.length > 0) throw new ReviewRefusal('IN_USE', inUseSentence(used, ADVICE))
}

/** Whether it has gone out yet or not: a text and its picture stay together. */
async function refuseWhenInText(
  req: PayloadRequest,
  { id, sha256 }: { id: unknown; sha256?: string | null },
): Promise<void> {
  const chosen: Where = { picture: { equals: id } }
  const inParts = chosenFields().map((name) => ({ [`blocks.${name}`]: { equals: id } }))
  const [manuscripts, addOns, releases] = [
    await count(req, 'kizuna-manuscripts', chosen),
    await count(req, 'kizuna-add-ons', { or: [chosen, ...inParts] }),
    await count(req, 'kizuna-releases', releasedWith(sha256 ?? '')),
  ]
  const used = [
    ...(manuscripts > 0 ? [`原稿 ${manuscripts} 件`] : []),
    ...(addOns > 0 ? [`自治体原稿 ${addOns} 件`] : []),
    ...(releases > 0 ? [`確定版 ${releases} 件`] : []),
  ]
  if (used.length > 0) throw new ReviewRefusal('IN_USE', inUseSentence(used, IN_TEXT))
}

/** Releases that show the picture of this hash, beside them or in a part. *Pure.* */
export function releasedWith(hash: string): Where {
  const names = (['jpeg', 'png'] as const).map((type) => pictureName({ hash, type }))
  const inParts = chosenFields().map((name) => ({ [`content.blocks.${name}`]: { in: names } }))
  return { or: [{ 'content.picture.hash': { equals: hash } }, ...inParts] }
}

const IN_TEXT = '文章に添えた画像は、承認された内容の一部として残します。'

/** What an address of the picture has in it: its own name, as typed or encoded, or its small size's. */
function partsOfAddress(filename: string): string[] {
  const names = [filename, encodeURIComponent(filename), smallPictureName(filename)]
  const known = names.filter((name) => name !== null)
  return [...new Set(known)].map((name) => `media/file/${name}`)
}

async function count(
  req: PayloadRequest,
  collection: 'kizuna-manuscripts' | 'kizuna-add-ons' | 'kizuna-releases',
  where: Where,
): Promise<number> {
  const { totalDocs } = await req.payload.find({
    collection,
    where,
    depth: 0,
    limit: 1,
    overrideAccess: true,
    req,
    // a text in the trash comes back with its pictures
    ...(collection === 'kizuna-releases' ? {} : { draft: true, trash: true }),
  })
  return totalDocs
}
