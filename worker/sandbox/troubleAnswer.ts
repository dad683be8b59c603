import { answer, type ApiAnswer, type GivenAnswer } from './apiAnswer'
import type { LineTrouble } from './fault'

/** How a trouble ends a request of which nothing is taken; null lets it through. *Pure.* */
export function beforeTaking(trouble: LineTrouble): ApiAnswer | null {
  if (trouble.kind === 'cut') return 'cut'
  if (trouble.kind === 'hang' && !trouble.isTaken) return 'hang'
  if (trouble.kind !== 'answer') return null
  const { status, body = { message: 'A fault of the script.' }, headers = {} } = trouble
  return { status, body, headers }
}

/** How a trouble ends a request that was taken; null gives the true answer. *Pure.* */
export function afterTaking(trouble: LineTrouble): ApiAnswer | null {
  if (trouble.kind === 'acceptThenCut') return 'cut'
  if (trouble.kind === 'hang') return 'hang'
  if (trouble.kind !== 'acceptThenAnswer') return null
  return answer(trouble.status, 'Internal server error')
}

/** The answer, held for as long as the trouble says. *Pure.* */
export function slowed(given: GivenAnswer, trouble: LineTrouble | null): GivenAnswer {
  return trouble?.kind === 'slow' ? { ...given, afterMs: trouble.ms } : given
}
