import { readSourceCode } from '../../src/source/code'

import { failureOf } from '../concurrency/failure'
import type { FormStep } from '../readers/formUse'
import type { RegistrationVisit } from './registrationVisit'

/** Counts a step of the registration; a visitor goes on even when that fails now. */
export async function noteUse(
  { web, context, kept }: Pick<RegistrationVisit, 'web' | 'context' | 'kept'>,
  step: FormStep,
): Promise<void> {
  try {
    await web.readers.countForm(context.municipality.code, step, readSourceCode(kept.draft.s))
  } catch (error) {
    web.log.error(failureOf(error), 'use of the registration could not be counted')
  }
}
