import { z } from 'zod'

/** How far a text had gone out in one municipality when it was withdrawn. */
export interface Withdrawal {
  /** `manuscript:<id>` or `add-on:<id>`, as in the release. */
  key: string
  /** Deliveries of the day that had gone out already; null is hidden because it is small. */
  sent: number | null
  /** Deliveries of the day that were stopped; null is hidden because it is small. */
  stopped: number | null
}

const count = z.number().int().nonnegative().nullable()
const shape = z.array(z.object({ key: z.string(), sent: count, stopped: count }))

/** Withdrawals as a report carries them, or null when they are none. *Pure.* */
export function readWithdrawals(value: unknown): Withdrawal[] | null {
  const parsed = shape.safeParse(value)
  return parsed.success ? parsed.data : null
}
