import { canonicalHash } from '../release/canonicalHash'
import type { Question, QuestionWording } from './question'

/** Signs of a question's identity. */
const ID_LENGTH = 16

/** The identity of a question: the same wording and codes have the same one, everywhere. *Pure.* */
export function questionId({ type, text, easy, options, unit }: QuestionWording): string {
  const wording = {
    type,
    unit,
    text: text.trim(),
    easy: easy.trim(),
    options: options.map(({ code, label, easy: plain }) => [code, label.trim(), plain.trim()]),
  }
  return canonicalHash(wording).slice(0, ID_LENGTH)
}

/** A question with its identity. *Pure.* */
export function asQuestion(
  wording: QuestionWording & Pick<Question, 'library' | 'rate'>,
): Question {
  return { id: questionId(wording), ...wording }
}
