import { checkContent } from '../../release/limits'
import { missingForPublish } from './decide'
import type { Review } from '../queries/load'
import type { ReviewPolicy } from './policy'

/** What is wrong with a content itself (limits, slots, links), in Japanese sentences. *Pure.* */
export function contentProblems({
  content,
  variables,
}: Pick<Review, 'content' | 'variables'>): string[] {
  const problems = checkContent(content, { variables: Object.keys(variables) })
  return problems.map(({ message }) => message)
}

/** The code is empty when the series or the municipality is no longer there. */
function ownerProblems({ content, document }: Pick<Review, 'content' | 'document'>): string[] {
  if (content.type === 'manuscript') {
    return content.series ? [] : [document.series ? GONE : NO_SERIES]
  }
  return content.municipality ? [] : ['自治体が見つかりません。システム管理者に相談してください。']
}

const GONE = 'シリーズが見つかりません。「配信日」の欄で、いまあるシリーズを選び直してください。'
const NO_SERIES = 'シリーズをまだ選んでいません。「配信日」の欄で選んでください。'

/** What keeps a document from the reviewers, in Japanese sentences. *Pure.* */
export function submitProblems(review: Review): string[] {
  const isProposal = review.document.isProposal === true
  return [
    ...ownerProblems(review),
    ...contentProblems(review),
    ...(isProposal
      ? ['協力団体からの提案のままです。自治体の編集担当が採用してから、監修に出してください。']
      : []),
  ]
}

/** Everything that is missing before a document may be published, in Japanese sentences. *Pure.* */
export function publishProblems(review: Review, policy: ReviewPolicy): string[] {
  return [...missingForPublish(review.reviewInput, policy), ...submitProblems(review)]
}
