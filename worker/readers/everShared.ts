import type { Child } from './reader'

/**
 * Whether anybody else was ever registered with a child, those too who have left it or moved away: a page that
 * says otherwise after they did would tell who is there that they have. *Pure.*
 */
export function isEverShared({
  readers,
  left = [],
  sameAs,
}: Pick<Child, 'readers' | 'left' | 'sameAs'>): boolean {
  return sameAs !== undefined || readers.length + left.length > 1
}
