import type { Html } from '../../../src/release/escape'
import type { Wishes } from '../../../src/plan/wishes'
import type { Typed } from '../formMemory'
import type { MyPageForm, Visit } from '../myPageVisit'

/** One thing a reader may wish of how their texts come: a row of their page, a question of its own. */
export interface Wish {
  /** Its name in the row. */
  term: string
  /** What holds now. */
  value: string
  /** The question, as its page's heading. */
  ask: (typed: Typed | null) => Html
  /** What a form says of it; undefined takes a wish back. Anything not offered is none. */
  read: (form: MyPageForm) => WishChange
}

/** A wish that is made, or taken back. */
export type WishChange = { [Name in keyof Wishes]?: Wishes[Name] | undefined }

/** A wish of a reader; null where there is nothing to choose. */
export type WishOf = (visit: Visit) => Wish | null
