import type { Child } from '../readers/reader'

/**
 * Which of a reader's children is meant, by their order alone: whoever holds a forwarded link sees
 * neither a date nor a stage, and the family knows. *Pure.*
 *
 * @param children youngest first, as `childrenOf` gives them
 */
export function childLabel(children: readonly Pick<Child, '_id'>[], childId: string): string {
  const count = children.length
  const place = children.findIndex(({ _id }) => _id === childId)
  if (count === 1 || place === -1) return 'この子'
  if (count === 2) return place === 0 ? '下のお子さん' : '上のお子さん'
  if (place === 0) return 'いちばん下のお子さん'
  if (place === count - 1) return 'いちばん上のお子さん'
  return `上から ${count - place} 番めのお子さん`
}
