import type { Collection, Db } from 'mongodb'

/** Who is at the migrations. */
interface Turn {
  _id: 'turn'
  owner: string
  /** By the database's clock: those of the machines are not compared yet. */
  until: Date
}

interface TurnOptions {
  db: Db
  owner: string
  leaseMs: number
}

const OWN = { _id: 'turn' } as const

/** True for the one process whose turn it is, until its lease ends. */
export async function takeTurn({ db, owner, leaseMs }: TurnOptions): Promise<boolean> {
  const nobody = { owner: '', until: new Date(0) }
  await turns(db).updateOne(OWN, { $setOnInsert: nobody }, { upsert: true })
  const isFree = { ...OWN, $expr: { $lte: ['$until', '$$NOW'] } }
  const taken = await turns(db).updateOne(isFree, [{ $set: { owner, until: endOf(leaseMs) } }])
  return taken.modifiedCount === 1
}

/** Keeps the turn while a work goes on, and gives it back however that ends. */
export async function keepTurn(options: TurnOptions, work: () => Promise<void>): Promise<void> {
  const { db, owner, leaseMs } = options
  const renew = () => turns(db).updateOne({ ...OWN, owner }, [{ $set: { until: endOf(leaseMs) } }])
  // one that fails is made up for by the next; a lease that ends means that two do what may be done twice
  const renewing = setInterval(() => void renew().catch(() => undefined), leaseMs / 3)
  try {
    await work()
  } finally {
    clearInterval(renewing)
    await turns(db).updateOne({ ...OWN, owner }, { $set: { until: new Date(0) } })
  }
}

/** Whose turn it is. */
export async function holderOf(db: Db): Promise<string> {
  return (await turns(db).findOne(OWN))?.owner ?? ''
}

function endOf(leaseMs: number) {
  return { $add: ['$$NOW', leaseMs] }
}

function turns(db: Db): Collection<Turn> {
  return db.collection<Turn>('migrations')
}
