import type { Collection, Db } from 'mongodb'

/** Which write of a process is its last, and whether it still reaches the database. */
export interface Kill {
  /** Counted from 1. */
  write: number
  when: 'before' | 'after'
}

/** A database whose user dies at a write: that one throws, and each one after it. */
export function killAt(db: Db, { write, when }: Kill) {
  let writes = 0
  const counted = (collection: Collection) =>
    new Proxy(collection, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target)
        if (typeof value !== 'function') return value
        const method = (value as (...args: unknown[]) => unknown).bind(target)
        return WRITES.has(String(name)) ? last(method) : method
      },
    })
  const last =
    (method: (...args: unknown[]) => unknown) =>
    async (...args: unknown[]) => {
      writes += 1
      if (writes > write || (writes === write && when === 'before')) throw new Error('killed')
      const answer = await method(...args)
      if (writes === write) throw new Error('killed')
      return answer
    }
  return {
    db: new Proxy(db, {
      get: (target, name) => {
        if (name === 'collection') return (called: string) => counted(target.collection(called))
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    }),
    hasKilled: () => writes >= write,
  }
}

const WRITES = new Set([
  'insertOne',
  'insertMany',
  'updateOne',
  'updateMany',
  'replaceOne',
  'deleteOne',
  'deleteMany',
  'bulkWrite',
  'findOneAndUpdate',
  'findOneAndReplace',
  'findOneAndDelete',
])
