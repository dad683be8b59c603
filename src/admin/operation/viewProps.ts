import type { GivenAct } from '../../operation/act'
import type { SeenStatus } from '../../watch/kept'

/** What the page shows. */
export interface ViewProps {
  seen: SeenStatus
  /** What is asked, and not done yet. */
  acts: readonly GivenAct[]
  /** Whether the person may ask for something. */
  mayAct: boolean
  now: Date
  /** Path of the admin. */
  admin: string
}
