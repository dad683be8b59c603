/** A rule a content breaks, for the person who can mend it. */
export interface Problem {
  /** Path of the field in the content, e.g. `body`, `blocks.0.url`. */
  field: string
  code: ProblemCode
  /** What was found, what is expected, what to do: Japanese, です・ます. */
  message: string
}

/** The rules; stable, for tests, import reports and the admin. */
export type ProblemCode =
  | 'EMPTY'
  | 'SHOWS_NOTHING'
  | 'TOO_LONG'
  | 'LINE_BREAK'
  | 'FORBIDDEN_CHARACTER'
  | 'UNKNOWN_VARIABLE'
  | 'BROKEN_VARIABLE'
  | 'INSECURE_LINK'
  | 'HALF_LINK'
  | 'BAD_ADDRESS'
  | 'BAD_PICTURE'
  | 'PICTURE_MISPLACED'
  | 'BAD_SLOT'
  | 'SLOT_OUT_OF_RANGE'
  | 'KIND_AND_SLOT'
  | 'SUPPORT_TEXT'
  | 'ANNOUNCEMENT_TEXT'
  | 'AGE_BASIS_AND_SLOT'
  | 'AGE_BASIS_AND_MONTH_RULE'
  | 'MIXED_ANCHORS'
  | 'RANGE_ENDS_BEFORE_START'
  | 'BAD_DAY'
  | 'VALIDITY_ENDS_BEFORE_START'
  | 'TOO_MANY_CARDS'
  | 'NOTICE_ONLY'
  | 'SURVEY'
  | 'URGENT_TEXT'
  | 'RESERVED_MARK'
  | 'BAD_ORDER'
