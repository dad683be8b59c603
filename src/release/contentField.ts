import { MONTH_RULES, type Choice } from './choices'
import type { FieldColumn } from './column'
import { THEMES } from './themes'
import type { WordsField } from './words'

interface NamedField {
  /** Its name in the form and for reviewers. */
  label: string
  column: FieldColumn
}

/** A field that is one of some choices; the first stands for none. */
export interface ChoiceField extends NamedField {
  kind: 'choice'
  choices: readonly Choice[]
  /** The first choice is frozen as nothing: a field that came later changes no hash given before. */
  isFirstAbsent?: true
}

interface NumberField extends NamedField {
  kind: 'number'
  /** What an empty cell of a file stands for. */
  whenEmpty: number
}

/** Other fields; what each kind holds is what its name says. */
interface PlainField extends NamedField {
  kind:
    | 'series'
    | 'municipality'
    | 'slot'
    | 'edition'
    | 'editions'
    | 'areas'
    | 'day'
    | 'flag'
    | 'topics'
    | 'sources'
}

/** One field of a document: what it holds, what it is called, and how a file writes it. */
export type ContentField = (WordsField | ChoiceField | NumberField | PlainField) & {
  /** Only those who work on the document see it: no approval is given for it. */
  isInternal?: boolean
}

/** Fields by name, in the order of the form and of a file's columns. */
export type ContentFields<Name extends string = string> = Readonly<Record<Name, ContentField>>

/** Subjects of a document, which say whose approval it needs. */
export const TOPICS_FIELD: ContentField = {
  kind: 'topics',
  label: '話題',
  isInternal: true,
  column: {
    aliases: ['話題'],
    description: '話題のコードまたは名前を ; で区切る',
    example: '栄養・食事;歯と口',
  },
}

/** What readers may decline a document by. */
export const THEME_FIELD: ContentField = {
  kind: 'choice',
  label: '読者が断れる話題',
  choices: THEMES,
  isFirstAbsent: true,
  column: {
    aliases: ['断れる話題', '読者が断れる話題'],
    description: `${THEMES.map(({ value }) => value).join(' / ')}。空なら always(どの読者にも届ける)`,
    example: 'christmas',
  },
}

/** How a document's completed months are counted. */
export const MONTH_RULE_FIELD: ContentField = {
  kind: 'choice',
  label: '月の数え方',
  choices: MONTH_RULES,
  column: {
    aliases: ['月の数え方'],
    description: 'friendly / legal。空なら friendly',
    example: 'friendly',
  },
}
