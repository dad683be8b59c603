import { open, seal, type KeyRing } from '../../src/secret/seal'
import type { Answers } from '../../src/survey/answers'
import type { Bands } from './collections'

/** What somebody answered, on what, and what is known of them. */
export interface AnsweredSheet extends Bands {
  /** `phone` or `pc`: one word of what the browser said. */
  device: string
  answers: Answers
}

const BANDS = 'survey-bands'
const ANSWER = 'survey-answer'

/** Seals what is known of who may answer: few may have been asked whom it fits. */
export const sealBands = (ring: KeyRing, bands: Bands) => seal(ring, JSON.stringify(bands), BANDS)

/** Opens what {@link sealBands} sealed. @throws SealError when its key is gone. */
export const openBands = (ring: KeyRing, sealed: string) =>
  JSON.parse(open(ring, sealed, BANDS)) as Bands

/** Seals an answer: where few were asked, the database alone must not say what one of them said. */
export const sealAnswer = (ring: KeyRing, sheet: AnsweredSheet) =>
  seal(ring, JSON.stringify(sheet), ANSWER)

/** Opens what {@link sealAnswer} sealed. @throws SealError when its key is gone. */
export const openAnswer = (ring: KeyRing, sealed: string) =>
  JSON.parse(open(ring, sealed, ANSWER)) as AnsweredSheet
