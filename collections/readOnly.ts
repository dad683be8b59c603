import type { CollectionConfig } from 'payload'

/** Settings of collections that are only ever inserted into: no copies, locks or bulk changes. */
export const INSERT_ONLY = {
  disableDuplicate: true,
  disableBulkEdit: true,
  disableBulkDelete: true,
  lockDocuments: false,
} satisfies Partial<CollectionConfig>
