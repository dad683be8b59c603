/** What can be wrong with a composition; stable, for tests and reports. */
export type ComposeErrorCode =
  'UNKNOWN_VARIABLE' | 'BAD_SUBJECT' | 'BAD_ADDRESS' | 'NOTHING_TO_SEND' | 'TOO_LONG'

/** Thrown when texts cannot be composed or rendered; the message is Japanese, for staff. */
export class ComposeError extends Error {
  readonly code: ComposeErrorCode

  constructor(code: ComposeErrorCode, message: string) {
    super(message)
    this.name = 'ComposeError'
    this.code = code
  }
}
