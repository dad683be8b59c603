import type { CollectionConfig, DateField, JSONField, TextField } from 'payload'

/** Settings of collections that are only ever inserted into: no copies, locks or bulk changes. */
export const INSERT_ONLY = {
  disableDuplicate: true,
  disableBulkEdit: true,
  disableBulkDelete: true,
  lockDocuments: false,
} satisfies Partial<CollectionConfig>

/** Stored data is read in words: Payload's own field fetches an editor from the internet. */
export const STORED: JSONField['admin'] = {
  components: { Field: 'kizuna/client#StoredValue' },
}

/** A field that programs alone use: no form, list or filter has it. *Pure.* */
export function unseen<F extends DateField | TextField>(field: F): F {
  return {
    ...field,
    admin: { ...field.admin, hidden: true, disableListColumn: true, disableListFilter: true },
  }
}
