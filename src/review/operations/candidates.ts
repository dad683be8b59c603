import type { PayloadRequest } from 'payload'

import { findColleagues, whereWorksOn } from '../queries/colleagues'
import type { Review } from '../queries/load'
import { currentVerdicts, standings } from '../rules/decide'
import { disciplineLabel, type ReviewPolicy } from '../rules/policy'
import { disciplinesOf } from '../rules/rights'

/** Somebody who can be asked to look at a text, in one discipline. */
export interface Candidate {
  id: string
  name: string
  discipline: string
  /** The discipline in Japanese. */
  label: string
}

/**
 * Who can be asked to look at a text: whose discipline's approval is missing, who did not write it and
 * has not said anything of it as it is; of another than the asker, as far as the asker may see people.
 */
export async function findCandidates(
  req: PayloadRequest,
  review: Review,
  { policy }: { policy: ReviewPolicy },
): Promise<Candidate[]> {
  const { reviewInput } = review
  const open = standings(reviewInput).filter(({ quorum, approvedBy }) => approvedBy.length < quorum)
  if (open.length === 0) return []
  const others = (await findColleagues(req, whereWorksOn(review))).filter(
    ({ id }) => id !== String(req.user?.id) && !reviewInput.authors.includes(id),
  )
  const said = new Set(
    currentVerdicts(reviewInput).map(({ reviewer, discipline }) => `${reviewer}:${discipline}`),
  )
  return open.flatMap(({ discipline }) =>
    others
      .filter(({ user }) => disciplinesOf(user, review).includes(discipline))
      .filter(({ id }) => !said.has(`${id}:${discipline}`))
      .map(({ id, name }) => ({
        id,
        name,
        discipline,
        label: disciplineLabel(policy, discipline),
      })),
  )
}
