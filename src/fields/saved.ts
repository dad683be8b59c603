import type { TextField } from 'payload'

import { writtenByHooks } from '../people/access'
import { unseen } from './readOnly'

/**
 * Which content this is, in the order of saving: another word after each change of what is approved,
 * also when a text is changed back. A verdict counts for the word it was given under.
 */
const submissionField: TextField = unseen({
  name: 'submission',
  type: 'text',
  label: '監修に出す内容の印',
  access: writtenByHooks,
})

/** Id of whoever saved it last; for the sentence that tells somebody else so. */
const savedByField: TextField = unseen({
  name: 'savedBy',
  type: 'text',
  label: '最後に保存した人の番号',
  access: writtenByHooks,
})

/** Name of whoever put it into the trash, as it was then. */
const trashedByField: TextField = {
  name: 'trashedBy',
  type: 'text',
  label: 'ごみ箱に入れた人',
  access: writtenByHooks,
  admin: { hidden: true, disableListFilter: true },
}

/** What the gate writes down with each save of a reviewed document. */
export const savedFields: TextField[] = [submissionField, savedByField, trashedByField]
