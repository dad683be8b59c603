import { failureOf } from '../concurrency/failure'
import type { FormStep } from '../readers/formUse'
import type { RegistrationVisit } from './registrationVisit'

/** Counts a step of the registration; a visitor goes on even when that fails now. */
export async function noteUse(
  { web, context }: Pick<RegistrationVisit, 'web' | 'context'>,
  step: FormStep,
): Promise<void> {
  try {
    await web.readers.countForm(context.municipality.code, step)
  } catch (error) {
    web.log.error(failureOf(error), 'use of the registration could not be counted')
  }
}
