import type { ReleaseContent } from './content'

/** What a text is: common to all, or one municipality's. */
export type ContentKind = ReleaseContent['type']

/**
 * What each kind is called where it is written by another name: these spellings are stored, stand in
 * addresses or are typed at the shell, and stay as they are.
 */
export const CONTENT_KINDS = {
  manuscript: {
    label: '原稿',
    /** Slug of the collection. */
    collection: 'kizuna-manuscripts',
    /** What the key of a release begins with. */
    keyPrefix: 'manuscript',
    /** Word for its file in the sheets' addresses and in the CLI. */
    sheet: 'manuscripts',
    /** Field that names whose it is, and the collection that is in. */
    ownerField: 'series',
    ownerCollection: 'kizuna-series',
  },
  addOn: {
    label: '自治体原稿',
    collection: 'kizuna-add-ons',
    keyPrefix: 'add-on',
    sheet: 'addons',
    ownerField: 'municipality',
    ownerCollection: 'kizuna-municipalities',
  },
} as const satisfies Record<ContentKind, object>

type KindNames = (typeof CONTENT_KINDS)[ContentKind]

/** Slug of a collection that holds contents. */
export type ContentCollection = KindNames['collection']

/** Slug of a collection contents belong to. */
export type OwnerCollection = KindNames['ownerCollection']

/** Word for a kind of file that can be imported and exported. */
export type SheetWord = KindNames['sheet']

/** Both kinds, the common texts first. */
export const KINDS_OF_CONTENT: readonly ContentKind[] = ['manuscript', 'addOn']

/** Slugs of the collections that hold contents. */
export const CONTENT_COLLECTIONS = [
  CONTENT_KINDS.manuscript.collection,
  CONTENT_KINDS.addOn.collection,
] as const

/** Those of them that a municipality's own people work in. */
export const MUNICIPAL_COLLECTIONS = [CONTENT_KINDS.addOn.collection] as const

/** Words for the files that can be imported and exported. */
export const SHEET_WORDS = [CONTENT_KINDS.manuscript.sheet, CONTENT_KINDS.addOn.sheet] as const

/** The kind a collection holds. *Pure.* */
export function kindOfCollection(collection: ContentCollection): ContentKind {
  return collection === CONTENT_KINDS.addOn.collection ? 'addOn' : 'manuscript'
}

/** The kind a file holds. *Pure.* */
export function kindOfSheet(word: SheetWord): ContentKind {
  return word === CONTENT_KINDS.addOn.sheet ? 'addOn' : 'manuscript'
}

/** Whether a collection holds contents. *Pure.* */
export function isContentCollection(slug: unknown): slug is ContentCollection {
  return (CONTENT_COLLECTIONS as readonly unknown[]).includes(slug)
}

/** What else is known of the kind a collection holds. *Pure.* */
export function namesOfCollection(collection: ContentCollection): KindNames {
  return CONTENT_KINDS[kindOfCollection(collection)]
}

/** Key of a document's releases, `manuscript:<id>` or `add-on:<id>`. *Pure.* */
export function releaseKeyOf(kind: ContentKind, id: string): string {
  return `${CONTENT_KINDS[kind].keyPrefix}:${id}`
}

/** The document whose releases have this key, or null for what is no key. *Pure.* */
export function documentOfKey(key: string): { kind: ContentKind; id: string } | null {
  const [prefix, id] = key.split(':')
  const kind = KINDS_OF_CONTENT.find((one) => CONTENT_KINDS[one].keyPrefix === prefix)
  return kind && id ? { kind, id } : null
}

/** The slot a content stands at; of an add-on, the first of its range. *Pure.* */
export function firstSlotOf(content: ReleaseContent): string {
  return content.type === 'manuscript' ? content.slot : content.from
}
