import type { Db } from 'mongodb'

import { PAYLOAD_TABLE, TAKEN_TABLES } from '../../../worker/takeout/tables'

/** How many documents each collection has that an archive takes. */
export async function countsOf(db: Db): Promise<Record<string, number>> {
  const names = [...TAKEN_TABLES, PAYLOAD_TABLE].map(({ name }) => name)
  const counts = await Promise.all(names.map((name) => db.collection(name).countDocuments()))
  return Object.fromEntries(names.map((name, at) => [name, counts[at] ?? 0]))
}
