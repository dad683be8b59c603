/** What can be wrong with a day, a slot or a range handed to the stage engine. */
export type StageErrorCode =
  'BAD_DAY' | 'NO_SUCH_DAY' | 'BAD_SLOT' | 'SLOT_OUT_OF_RANGE' | 'NO_ANCHOR' | 'BAD_CADENCE'

/** A day or slot that cannot be used; the message is one Japanese sentence that says what to do. */
export class StageError extends Error {
  readonly code: StageErrorCode

  constructor(code: StageErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
