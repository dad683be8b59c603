import type { AlertMark } from './alert'
import type { TextPicture } from './picture'
import type { DeclinableTheme } from './themes'

/** What readers see of a manuscript, and when: the fields an approval is given for. */
export interface ManuscriptContent {
  type: 'manuscript'
  /** Code of the series, e.g. `pregnancy`. */
  series: string
  /** Slot code of the notation in src/stage, e.g. `24w3d`, `day45`, `month18+3`, `entry-84`. */
  slot: string
  /** Edition code, e.g. `standard`, `easy`. */
  edition: string
  /** `question` is the one neutral text at 42w0d; it carries no add-ons. */
  kind: 'stage' | 'milestone' | 'question'
  /** Text of the message, with `{{…}}` for words that change in the plural. */
  body: string
  /** Subject line of the mail. */
  subject: string
  ageBasis: 'calendar' | 'corrected'
  monthRule: 'friendly' | 'legal'
  /** What readers may decline it by; absent comes to everybody. */
  theme?: DeclinableTheme
  /** Frozen with it; absent: words alone. */
  picture?: TextPicture
}

/** What readers see of a municipality's add-on, and when: the fields an approval is given for. */
export interface AddOnContent {
  type: 'addOn'
  /** Six-digit code of the municipality. */
  municipality: string
  /** Heading above the blocks; may be empty. */
  title: string
  /** First slot of the stage range; its anchor kind is the range's. */
  from: string
  /** Last slot of the stage range, of the same anchor kind. */
  to: string
  isEndIncluded: boolean
  /**
   * `once`: on the day of `from`, alone if no text is due. `every`: with each text in the range.
   * `notice`: by itself on its one day, to whoever stands in the range then. `urgent`: a template that
   * goes to nobody, or with `alert` what two people send at once.
   */
  timing: 'once' | 'every' | 'notice' | 'urgent'
  /** Calendar validity, `YYYY-MM-DD`, both inclusive; null is open. Of a notice both are its day. */
  validFrom: string | null
  validTo: string | null
  /** Area names it is limited to; empty is everywhere. */
  areas: string[]
  /** Edition codes it is limited to; empty is all. */
  editions: string[]
  monthRule: 'friendly' | 'legal'
  /** Place among the add-ons of one day, ascending. */
  order: number
  /** Hour of a notice as the CMS stores it, `09-30`; absent is when the channel's window opens. */
  hour?: string
  /** Relation to the child a notice is limited to; absent is everybody. */
  relation?: string
  /** Channel a notice is limited to; absent is both. */
  channel?: string
  /** Set on what is being sent of an urgent template, and on nothing else. */
  alert?: AlertMark
  /** What readers may decline it by; absent comes to everybody. */
  theme?: DeclinableTheme
  /** Frozen with it; absent: words alone. */
  picture?: TextPicture
  blocks: AddOnBlock[]
}

/**
 * One part of an add-on: the fields of its type (src/release/blocks), null for an address that is
 * missing. Texts may use the municipality's `{{contact variables}}`.
 */
export type AddOnBlock = { readonly blockType: string } & Readonly<Record<string, string | null>>

/** The frozen content of a release. */
export type ReleaseContent = ManuscriptContent | AddOnContent

/**
 * A frozen, approved copy of a manuscript or add-on as the CMS serves it: the only thing the
 * worker sends. Later releases of one `key` supersede earlier ones; `withdraw` supersedes with
 * nothing.
 */
export interface Release {
  id: string
  /** `manuscript:<id>` or `add-on:<id>` of the document it froze. */
  key: string
  /** 1, 2, 3 … without gaps for one key; unique with it. */
  revision: number
  action: 'publish' | 'withdraw'
  /** The withdrawn content for `withdraw`. */
  content: ReleaseContent
  /** `contentHash(content)` of src/release/hash.ts. */
  contentHash: string
  /** Contact variables as they were when it was published. */
  variables: Record<string, string>
  /** ISO instant. */
  publishedAt: string
  /** ISO instant of the next review, and what is done when it passes. */
  reviewDueAt: string | null
  whenOverdue: 'warn' | 'stop'
}
