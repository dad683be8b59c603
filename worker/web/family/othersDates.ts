import type { DateRights } from '../../readers/dateRights'
import { isEverShared } from '../../readers/everShared'
import type { ChildVerdict } from '../../readers/sameChild'

import type { SaidDate } from '../dateStep'
import type { Visit } from '../myPageVisit'
import type { Page } from '../page'
import type { WebContext } from '../webContext'

import { askOthersOrAddPage } from './dateRightsPage'

/** Rights to children of a reader's whose dates others change, by the child's id. */
export type OthersDates = ReadonlyMap<string, DateRights>

/** Of a reader's children those whose dates they may not change. */
export async function othersDates(
  { readers }: WebContext,
  { reader, children }: Pick<Visit, 'reader' | 'children'>,
): Promise<OthersDates> {
  const asked = children.filter(isEverShared).map(async ({ _id: childId }) => {
    return [childId, await readers.dateRights({ readerId: reader._id, childId })] as const
  })
  const found = await Promise.all(asked)
  return new Map(
    found.flatMap(([id, rights]) => (rights && !rights.mayChange ? [[id, rights] as const] : [])),
  )
}

/**
 * A date that would change one of those children: whom to ask, or that it is another child. Null for
 * any other date. *Pure.*
 */
export function othersChildPage(
  visit: Visit,
  { verdict, said, others }: { verdict: ChildVerdict; said: SaidDate; others: OthersDates },
): Page | null {
  const isChange = ['born', 'corrected', 'askCorrection', 'refused'].includes(verdict.kind)
  const rights = isChange && 'child' in verdict ? others.get(verdict.child._id) : undefined
  return rights ? askOthersOrAddPage(visit, { rights, said }) : null
}
