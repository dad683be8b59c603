import type { CollectionBeforeChangeHook } from 'payload'

import { ReviewRefusal } from '../cms/refusal'
import { relatedId } from '../cms/relation'
import { FINISHING } from './acts'
import { hasOpenMove } from './stored'

/** While readers move between two accounts, only the move itself says which one the town has. */
export const keepWhileMoving: CollectionBeforeChangeHook = async ({
  data,
  originalDoc,
  operation,
  req,
}) => {
  if (operation !== 'update' || req.context[FINISHING] === true) return data
  const before = relatedId(originalDoc?.lineAccount)
  const after = 'lineAccount' in data ? relatedId(data.lineAccount) : before
  if (before === after || !(await hasOpenMove(req, String(originalDoc?.id)))) return data
  throw new ReviewRefusal(
    'IN_USE',
    'LINE アカウントの引っ越しが終わっていないので、ここでは変えられません。「LINE アカウントの引っ越し」の画面で、終えるか、元に戻してください。',
  )
}
