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
export function checkSupportText({
  slot,
  kind,
  theme,
  body,
  subject,
}: ManuscriptContent): Problem[] {
  if (!isSupport(slot)) return []
  const words = Object.entries({ body, subject }).flatMap(([field, text]) =>
    variablesIn(text)
      .filter((name) => name in PLURAL_WORDS)
      .map((name) => of(field, 'SUPPORT_TEXT', childWord(name))),
  )
  return [
    ...(kind === 'stage' ? [] : [of('kind', 'KIND_AND_SLOT', ONLY_STAGE)]),
    ...(theme === undefined ? [] : [of('theme', 'SUPPORT_TEXT', themed(theme))]),
    ...words,
  ]
}

/** What a municipality's add-on beside them must not be: on the page alone, in words and links. *Pure.* */
export function checkSupportAddOn({ from, to, theme, blocks }: AddOnContent): Problem[] {
  if (!isSupport(from) && !isSupport(to)) return []
  const isOnPage = from === SUPPORT_PAGE && to === SUPPORT_PAGE
  return [
    ...(isOnPage ? [] : [of('to', 'SUPPORT_TEXT', ONLY_PAGE)]),
    ...(theme === undefined ? [] : [of('theme', 'SUPPORT_TEXT', themed(theme))]),
    ...(blocks.every(({ blockType }) => BLOCKS.includes(blockType))
      ? []
      : [of('blocks', 'SUPPORT_TEXT', ONLY_WORDS)]),
  ]
}

const ONLY_STAGE =
  '種類が「通常」ではありません。支えの文と手続きや相談先のページは、種類を「通常」にしてください。'

const ONLY_PAGE =
  '支えの文には、自治体原稿を付けられません。「ここから」も「ここまで」も「手続きや相談先のページ」にすると、ページに載せられます。'

const ONLY_WORDS =
  '手続きや相談先のページに載せられるのは、文章とリンクだけです。絵本や団体の紹介を外してください。'

function themed(theme: string): string {
  const label = THEMES.find(({ value }) => value === theme)?.label ?? theme
  return `読者が断れる話題が「${label}」です。支えの文と手続きや相談先のページでは、「${THEMES[0]?.label}」にしてください。`
}

function childWord(name: string): string {
  return `{{${name}}} があります。支えの文と手続きや相談先のページには、子どものことを書きません。外して書き直してください。`
}

function of(field: string, code: ProblemCode, message: string): Problem {
  return { field, code, message }
}
