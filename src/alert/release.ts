import type { PayloadRequest } from 'payload'

import { toStore } from '../cms/stored'
import { nameOf } from '../people/names'
import { alertKey } from '../release/alert'
import type { Release } from '../release/content'
import { alertTitle } from './content'
import type { Alert } from './state'

type Sent = Pick<Alert, 'id' | 'municipality' | 'content' | 'variables' | 'contentHash' | 'askedBy'>

/** Freezes an alert for the worker, as all that goes to readers is: from now on it is on its way. */
export function insertSent(req: PayloadRequest, alert: Sent, at: Date): Promise<void> {
  return insert(req, alert, { action: 'publish', revision: 1, at })
}

/** Recalls an alert: the worker stops what is not out at its next look. */
export function insertRecall(req: PayloadRequest, alert: Sent, at: Date): Promise<void> {
  return insert(req, alert, { action: 'withdraw', revision: 2, at })
}

async function insert(
  req: PayloadRequest,
  { id, municipality, content, variables, contentHash, askedBy }: Sent,
  { action, revision, at }: Pick<Release, 'action' | 'revision'> & { at: Date },
): Promise<void> {
  const reviewer = String(req.user?.id)
  await req.payload.create({
    collection: 'kizuna-releases',
    data: toStore({
      key: alertKey(id),
      revision,
      action,
      title: alertTitle(content),
      content,
      contentHash,
      variables,
      publishedAt: at.toISOString(),
      publishedBy: reviewer,
      authors: askedBy === null ? [] : [askedBy],
      approvals: [
        { verdict: 'approve', reviewer, reviewerName: nameOf(req.user), at: at.toISOString() },
      ],
      reviewDueAt: null,
      whenOverdue: 'warn',
      municipality,
      slot: content.from,
    }),
    depth: 0,
    overrideAccess: true, // who may is asked by ./rights
    req,
  })
}
