import { normaliseText } from '../../release/canonical'

/** Whether two texts are the same to a reader, whatever keyboard they came from. *Pure.* */
export function isSameText(a: string, b: string): boolean {
  return normaliseText(a) === normaliseText(b)
}
