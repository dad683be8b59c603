/**
 * The function, which remembers its latest answers, so that what many are made of is made once.
 * *Pure*, when the function is, but for that memory.
 */
export function remembered(make: (text: string) => string, most: number) {
  const known = new Map<string, string>()
  return (text: string): string => {
    const before = known.get(text)
    if (before !== undefined) return before
    const made = make(text)
    if (known.size >= most) known.delete(known.keys().next().value ?? '') // the oldest
    known.set(text, made)
    return made
  }
}

/** More than the texts of all stages in a few editions: each goes out in most municipalities. */
export const COMMON_TEXTS = 2000
