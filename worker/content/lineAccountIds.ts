import type { Db } from 'mongodb'

const KIND = 'lineAccount:'

/** Ids of all LINE accounts that were ever synced, as the CMS has them. */
export async function lineAccountIds(db: Db): Promise<string[]> {
  const accounts = db.collection<{ _id: string }>('synced_settings')
  const ids = await accounts.distinct('_id', { _id: { $regex: `^${KIND}` } })
  return ids.map((id) => id.slice(KIND.length))
}
