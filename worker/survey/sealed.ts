import { open, seal, type KeyRing } from '../../src/secret/seal'
import type { Answers } from '../../src/survey/answers'
import type { Bands } from './collections'

/** What somebody answered, on what, and what is known of them. */
export interface AnsweredSheet extends Bands {
  /** `phone` or `pc`: one word of what the browser said. */
  device: string
  answers: Answers
}

/** Context of what is known of who may answer. */
export const BANDS_CONTEXT = 'survey-bands'
/** Context of an answer. */
export const ANSWER_CONTEXT = 'survey-answer'

/** Seals what is known of who may answer: few may have been asked whom it fits. */
export const sealBands = (ring: KeyRing, bands: Bands) =>
  seal(ring, JSON.stringify(bands), BANDS_CONTEXT)

/** Opens what {@link sealBands} sealed. @throws SealError when its key is gone. */
export const openBands = (ring: KeyRing, sealed: string) =>
  JSON.parse(open(ring, sealed, BANDS_CONTEXT)) as Bands

/** Seals an answer: where few were asked, the database alone must not say what one of them said. */
export const sealAnswer = (ring: KeyRing, sheet: AnsweredSheet) =>
  seal(ring, JSON.stringify(sheet), ANSWER_CONTEXT)

/** Opens what {@link sealAnswer} sealed. @throws SealError when its key is gone. */
export const openAnswer = (ring: KeyRing, sealed: string) =>
  JSON.parse(open(ring, sealed, ANSWER_CONTEXT)) as AnsweredSheet
