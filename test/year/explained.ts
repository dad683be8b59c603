// Why a text did not come, as a person reads it in the product's own words.
import { createExplain } from '../../worker/report/explain'
import { createLedgerReader } from '../../worker/ledger/reading'
import type { Day } from './days'
import type { Missed } from './oracle'
import type { World } from './world'

/** A reader is asked about on the first of so many days in a row. */
const EVERY = 14

/** Words of a reason, in the product's sentences. */
const REASON = /配信しない|拒否|不明/

/** Asks the product's `explain` about texts that did not come, and counts its sentences. */
export function createExplainer(world: World) {
  const counts = new Map<string, number>()
  const times = new Map<string, number>()
  /** What it says, or null where it was asked some days ago. */
  const one = async (day: Day, missed: Missed): Promise<string | null> => {
    const key = `${missed.reader} ${missed.why}`
    const count = times.get(key) ?? 0
    times.set(key, count + 1)
    if (count % EVERY > 0) return null
    const { delivery } = world.worker()
    const channel = missed.address.includes('@') ? 'mail' : 'line'
    const readers = (
      await Promise.all(
        accountsOf(channel).map((account) =>
          delivery.readers.findByIdentity({ channel, account, address: missed.address } as never),
        ),
      )
    ).flat()
    const explain = createExplain({ delivery, ledger: createLedgerReader(delivery.db) })
    const told = await Promise.all(readers.map(({ _id }) => explain(_id, day)))
    const sentences = told.flat().flatMap((row) => (row ? [row.sentence] : []))
    const said = sentences.length > 0 ? sentences.map(general).join(' ') : 'NOTHING'
    counts.set(said, (counts.get(said) ?? 0) + 1)
    return said
  }
  return {
    /** Those of whom a person reads no reason. */
    all: async (day: Day, missed: readonly Missed[]): Promise<Missed[]> => {
      const silent: Missed[] = []
      for (const each of missed) {
        const said = await one(day, each)
        if (said !== null && !REASON.test(said)) silent.push(each)
      }
      return silent
    },
    sentences: () => Object.fromEntries(counts),
  }
}

function accountsOf(channel: string): string[] {
  return channel === 'mail' ? ['mail'] : ['みなと町', 'もり市']
}

/** The same of all days and slots. *Pure.* */
function general(sentence: string): string {
  return sentence.replaceAll(/[0-9]+/g, 'N')
}
