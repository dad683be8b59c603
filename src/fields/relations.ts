import type { RelationshipField } from 'payload'

import { CONTENT_COLLECTIONS } from '../release/contentKind'
import { writtenOnce } from '../people/access'
import { municipalityIdOf } from '../people/roles'

/** The municipality a document belongs to. */
export const municipalityField = {
  name: 'municipality',
  type: 'relationship',
  label: '自治体',
  relationTo: 'kizuna-municipalities',
  index: true,
} satisfies RelationshipField

/** The municipality whose own document it is: the person's to begin with, and never another. */
export const ownMunicipalityField = {
  ...municipalityField,
  required: true,
  access: writtenOnce,
  defaultValue: ({ user }: { user?: unknown }) =>
    municipalityIdOf(user as Parameters<typeof municipalityIdOf>[0]) ?? undefined,
} satisfies RelationshipField

/** The text that an entry of the paper trail is about. */
export const documentField = {
  name: 'document',
  type: 'relationship',
  label: '原稿',
  relationTo: [...CONTENT_COLLECTIONS],
  required: true,
  index: true,
} satisfies RelationshipField
