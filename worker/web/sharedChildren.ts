import type { Child } from '../readers/reader'

import type { WebContext } from './webContext'

/**
 * The children of a family's link that go on. One that has ended is silently not among them, and a
 * link without any reads like every link that has ended.
 */
export async function sharedChildren(
  { links, readers }: Pick<WebContext, 'links' | 'readers'>,
  token: string,
): Promise<Child[]> {
  const ids = links.openShare(token) ?? []
  const found = await Promise.all(ids.map((id) => readers.findChild(id)))
  return found.filter((child) => child !== null).filter(({ status }) => status === 'active')
}
