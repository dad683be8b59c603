import type { LocalDay } from '../../src/stage/day'
import type { Run } from './documents'

/** What the id of a batch says of it. */
export interface BatchRef {
  run: string
  date: LocalDay
  /** Which planning of the run it is of. */
  attempt: number
}

/** Id of a batch: its run, the planning it is of and its number within it. *Pure.* */
export function batchId({ _id, attempts }: Pick<Run, '_id' | 'attempts'>, number: number): string {
  return `${_id}/${attempts}.${number}`
}

/** The run, its day and the planning that a batch's id names. *Pure.* */
export function parseBatchId(id: string): BatchRef {
  const slash = id.lastIndexOf('/')
  const run = id.slice(0, slash)
  const [, date = ''] = run.split(':')
  return { run, date, attempt: Number.parseInt(id.slice(slash + 1), 10) }
}

/** Filter for the `batch` of what belongs to a run, whichever planning wrote it. *Pure.* */
export function batchesOfRun(run: string) {
  return { $gte: `${run}/`, $lt: `${run}0` } // `0` is the sign after `/`
}

/** Filter for the `batch` of what some plannings of a run wrote. *Pure.* */
export function ofPlannings(run: string, attempts: readonly number[]) {
  const each = attempts.map((attempt) => ({
    batch: { $gte: `${run}/${attempt}.`, $lt: `${run}/${attempt}/` }, // `/` is the sign after `.`
  }))
  return each.length > 0 ? { $or: each } : { batch: '' }
}
