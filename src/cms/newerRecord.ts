import type { CollectionBeforeOperationHook, CollectionBeforeValidateHook, UIField } from 'payload'

import { japaneseMoment } from '../stage/japaneseDate'
import { ReviewRefusal } from './refusal'

/** The instant a save names: Payload puts the newest in its place before other hooks see it. */
const OPENED = Symbol('kizuna.openedRecord')

type OpenedContext = { [OPENED]?: unknown }

/** Notes which version a form was opened with; a program that names none writes as it is asked to. */
const noteOpened: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (operation !== 'update') return args
  const { data } = args as { data?: { updatedAt?: unknown } }
  const context: OpenedContext = req.context
  context[OPENED] = data?.updatedAt
  return args
}

/**
 * Refuses a form that was opened before somebody else saved: two windows would take from each other
 * what was typed.
 *
 * @throws ReviewRefusal STALE_SAVE with when the other one was saved, and what to do.
 */
const refuseOverNewer: CollectionBeforeValidateHook = ({
  context,
  data,
  operation,
  originalDoc,
}) => {
  const { [OPENED]: opened }: OpenedContext = context
  const newest = String((originalDoc as { updatedAt?: string } | undefined)?.updatedAt ?? '')
  if (operation !== 'update' || typeof opened !== 'string' || newest === '') return data
  if (new Date(opened).getTime() === new Date(newest).getTime()) return data
  // Payload's form cuts a message in two at its first colon.
  const when = `${japaneseMoment(newest).replace(':', '時')}分`
  throw new ReviewRefusal(
    'STALE_SAVE',
    `あなたが開いたあとで、${when} に、別の画面で保存されています。まだ保存していません。ここに書いたものは残っています。別のタブでこのページを開いて、いまの内容と見比べ、要るところをそちらに書き写して保存してください。`,
  )
}

/** For a collection that has no versions: a save over a newer one is refused in words. */
export const KEEPS_NEWER = {
  beforeOperation: [noteOpened],
  beforeValidate: [refuseOverNewer],
}

/** Stands above its form, as soon as Payload sees that a save would be refused. */
export const NEWER_RECORD: UIField = {
  name: 'newerRecord',
  label: '別の画面の保存',
  type: 'ui',
  admin: { components: { Field: 'kizuna/client#NewerRecord' }, disableListColumn: true },
}
