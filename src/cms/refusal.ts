import { APIError } from 'payload'

/** Why the review or its gate said no; stable, for programs. */
export type RefusalCode =
  | 'NOT_ALLOWED'
  | 'GATE_CLOSED'
  | 'MISSING_APPROVALS'
  | 'CONTENT_CHANGED'
  | 'ALREADY_PUBLISHED'
  | 'NOT_PUBLISHED'
  | 'ALREADY_DONE'
  | 'OUT_OF_ORDER'
  | 'INCOMPLETE'
  | 'NOT_FOUND'
  | 'IN_USE'
  | 'IN_TRASH'
  | 'BUSY'
  | 'STALE_SAVE'
  | 'LOCKED'
  | 'SIGNED_OUT'
  | 'OTHER_PERSON'

const STATUS: Readonly<Record<RefusalCode, number>> = {
  NOT_ALLOWED: 403,
  GATE_CLOSED: 403,
  MISSING_APPROVALS: 403,
  CONTENT_CHANGED: 409,
  ALREADY_PUBLISHED: 409,
  NOT_PUBLISHED: 409,
  ALREADY_DONE: 409,
  OUT_OF_ORDER: 409,
  INCOMPLETE: 400,
  NOT_FOUND: 404,
  IN_USE: 409,
  IN_TRASH: 409,
  BUSY: 409,
  STALE_SAVE: 409,
  LOCKED: 423,
  SIGNED_OUT: 401,
  OTHER_PERSON: 409,
}

/** A refusal whose Japanese sentence the person may see; `missing` lists what to do first. */
export class ReviewRefusal extends APIError {
  readonly code: RefusalCode
  readonly missing: readonly string[]

  constructor(code: RefusalCode, sentence: string, missing: readonly string[] = []) {
    super([sentence, ...missing].join('\n'), STATUS[code], { code, missing }, true)
    this.code = code
    this.missing = missing
  }
}

/** For `catch`: a refusal is answered by something else, and whatever else went wrong goes on. *Pure.* */
export function whenRefused<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof ReviewRefusal) return instead
    throw error
  }
}
