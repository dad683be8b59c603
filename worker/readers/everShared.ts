import type { Child } from './reader'

/**
 * Whether anybody else was ever registered with a child, those too who have left it: a page that
 * says otherwise after they did would tell who is there that they have. *Pure.*
 */
export function isEverShared({ readers, left = [] }: Pick<Child, 'readers' | 'left'>): boolean {
  return readers.length + left.length > 1
}
