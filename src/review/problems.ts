import { checkAddOn, checkManuscript } from '../release/limits'
import type { Review } from './load'

/** What is wrong with a content itself (limits, slots, links), in Japanese sentences. *Pure.* */
export function contentProblems({ content, variables }: Pick<Review, 'content' | 'variables'>) {
  const problems =
    content.type === 'manuscript'
      ? checkManuscript(content)
      : checkAddOn(content, { variables: Object.keys(variables) })
  return problems.map(({ message }) => message)
}
