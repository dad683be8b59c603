import { isSupport, SUPPORT_PAGE } from '../stage/support'
import { THEMES } from './themes'
import type { AddOnContent, ManuscriptContent } from './content'
import type { Problem, ProblemCode } from './problem'
import { PLURAL_WORDS, variablesIn } from './variables'

/** Types of block that may stand on the page: no book and no group for families. */
const BLOCKS = ['text', 'link']

/**
 * What a text for readers who have stopped must not be: a milestone or a question, one of a season, or
 * one that speaks of a child. The slot is a code. *Pure.*
 */
export function checkSupportText(content: ManuscriptContent): Problem[] {
  return isSupport(content.slot) ? checkWithoutChild(content, SUPPORT_TEXT) : []
}

/** Texts that are counted from no date of a child, as a mistake in one names them. */
export interface ChildlessText {
  code: ProblemCode
  name: string
}

const SUPPORT_TEXT: ChildlessText = {
  code: 'SUPPORT_TEXT',
  name: '支えの文と手続きや相談先のページ',
}

/** What a text must not be that is counted from no date of a child. *Pure.* */
export function checkWithoutChild(
  { kind, theme, body, subject }: Pick<ManuscriptContent, 'kind' | 'theme' | 'body' | 'subject'>,
  { code, name: text }: ChildlessText,
): Problem[] {
  const words = Object.entries({ body, subject }).flatMap(([field, text]) =>
    variablesIn(text)
      .filter((name) => name in PLURAL_WORDS)
      .map((name) => of(field, code, childWord(name, text))),
  )
  return [
    ...(kind === 'stage' ? [] : [of('kind', 'KIND_AND_SLOT', onlyStage(text))]),
    ...(theme === undefined ? [] : [of('theme', code, themed(theme, text))]),
    ...words,
  ]
}

/** What a municipality's add-on beside them must not be: on the page alone, in words and links. *Pure.* */
export function checkSupportAddOn({ from, to, theme, blocks }: AddOnContent): Problem[] {
  if (!isSupport(from) && !isSupport(to)) return []
  const isOnPage = from === SUPPORT_PAGE && to === SUPPORT_PAGE
  return [
    ...(isOnPage ? [] : [of('to', 'SUPPORT_TEXT', ONLY_PAGE)]),
    ...(theme === undefined ? [] : [of('theme', 'SUPPORT_TEXT', themed(theme, SUPPORT_TEXT.name))]),
    ...(blocks.every(({ blockType }) => BLOCKS.includes(blockType))
      ? []
      : [of('blocks', 'SUPPORT_TEXT', ONLY_WORDS)]),
  ]
}

function onlyStage(text: string): string {
  return `種類が「通常」ではありません。${text}は、種類を「通常」にしてください。`
}

const ONLY_PAGE =
  '支えの文には、自治体原稿を付けられません。「ここから」も「ここまで」も「手続きや相談先のページ」にすると、ページに載せられます。'

const ONLY_WORDS =
  '手続きや相談先のページに載せられるのは、文章とリンクだけです。絵本や団体の紹介を外してください。'

function themed(theme: string, text: string): string {
  const label = THEMES.find(({ value }) => value === theme)?.label ?? theme
  return `読者が断れる話題が「${label}」です。${text}では、「${THEMES[0]?.label}」にしてください。`
}

function childWord(name: string, text: string): string {
  return `{{${name}}} があります。${text}には、子どものことを書きません。外して書き直してください。`
}

function of(field: string, code: ProblemCode, message: string): Problem {
  return { field, code, message }
}
