import type { Db } from 'mongodb'

/** Who a pair is: a child and one of the readers who get its texts. */
export interface PairNames {
  /** `municipality:number` */
  _id: string
  reader: string
  child: string
  /** The pairs that the same two were in other towns, or in another registration of the reader. */
  former?: string[]
}

/** Reads who the pairs are that the ledger only knows by their numbers. */
export function createPairNames(db: Db) {
  const pairs = db.collection<PairNames>('pairs')
  const projection = { reader: 1, child: 1 } as const
  return {
    /** The pairs with these ids, by id. */
    byId: async (ids: Iterable<string>): Promise<Map<string, PairNames>> => {
      const wanted = [...new Set(ids)]
      const found = await pairs
        .find({ _id: { $in: wanted } }, { projection, batchSize: wanted.length + 1 })
        .toArray()
      return new Map(found.map((pair) => [pair._id, pair]))
    },
    /** Every pair these readers are in, or were in. */
    ofReaders: (readers: readonly string[]): Promise<PairNames[]> => {
      const withFormer = { projection: { ...projection, former: 1 } } as const
      return pairs.find({ reader: { $in: [...readers] } }, withFormer).toArray()
    },
    /** Every pair that one of these readers or children is in, or was in. */
    ofPeople: (people: readonly string[]): Promise<PairNames[]> =>
      pairs
        .find(
          { $or: [{ reader: { $in: [...people] } }, { child: { $in: [...people] } }] },
          { projection },
        )
        .toArray(),
  }
}

/** Reads who pairs are. */
export type PairNaming = ReturnType<typeof createPairNames>
