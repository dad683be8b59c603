import type { FieldColumn } from './column'
import type { Problem } from './problem'
import { checkText } from './textLimits'

/** A field that holds words: on one line or on several. */
export interface WordsField {
  kind: 'line' | 'lines'
  /** Its name in the form and for reviewers. */
  label: string
  /** What a sentence about a problem calls it. */
  nameInProblems: string
  /** Most UTF-16 units, and who sets the limit when it is not us. */
  max: number
  limitOf?: string
  /** Whether a text that goes out must have it. */
  isRequired?: boolean
  column: FieldColumn
}

/** Words of a field and where they stand. */
export interface WordsInPlace {
  /** Path of the field in the content. */
  path: string
  /** Said before the name of the field. */
  place?: string
  text: string
  /** Names of variables besides the common ones. */
  variables?: readonly string[]
}

/** Everything wrong with the words of a field. *Pure.* */
export function checkWords(field: WordsField, words: WordsInPlace): Problem[] {
  const { path, place = '', text, variables = [] } = words
  return checkText({
    field: path,
    label: place + field.nameInProblems,
    text,
    max: field.max,
    limitOf: field.limitOf,
    isRequired: field.isRequired,
    isOneLine: field.kind === 'line',
    variables,
  })
}
