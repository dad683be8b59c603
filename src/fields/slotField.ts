import type { CheckboxField, TextField } from 'payload'

import { ADD_ON_FIELDS } from '../release/addOnFields'
import { parseSlot, slotCode, slotLabel, slotSortKey, type Slot } from '../stage/slot'
import { isEmpty, type Verdict } from './checks'

/** What a clerk reads under a field that takes a slot. */
export const SLOT_HELP =
  '「妊娠24週3日」「生後45日」「1歳6か月」「入学の84日前」「支えの文の4日目」のように書きます。コード(24w3d、day45、month18、entry-84)でも書けます。'

/** A text field with one value. */
export type SingleTextField = Extract<TextField, { hasMany?: false | undefined }>

interface SlotFieldOptions {
  name: string
  label: string
  description: string
  isRequired?: boolean
}

/** A text field that holds a slot code; labels are read too and stored as the code. */
export function slotField(options: SlotFieldOptions): SingleTextField {
  const { name, label, description, isRequired = true } = options
  return {
    name,
    type: 'text',
    label,
    required: isRequired,
    admin: {
      description: `${description} ${SLOT_HELP}`,
      placeholder: '例: 妊娠24週3日',
      components: { afterInput: ['kizuna/client#SlotReading'], Cell: 'kizuna/client#SlotCell' },
    },
    hooks: { beforeValidate: [({ value }) => normalizeSlot(value)] },
    validate: (value: unknown) => checkSlot(value, isRequired),
  }
}

/** The code of what was typed; what cannot be read stays as it is, for the check to refuse. *Pure.* */
export function normalizeSlot(value: unknown): unknown {
  const slot = readSlot(value)
  return slot ? slotCode(slot) : value
}

/** The slot of a code or label, or null when it cannot be read. *Pure.* */
export function readSlot(value: unknown): Slot | null {
  if (typeof value !== 'string' || !value.trim()) return null
  try {
    return parseSlot(value)
  } catch {
    return null
  }
}

/** True, or what to write instead. *Pure.* */
export function checkSlot(value: unknown, isRequired = true): Verdict {
  if (isEmpty(value)) return isRequired ? `配信日を入力してください。${SLOT_HELP}` : true
  try {
    parseSlot(String(value))
    return true
  } catch (error) {
    return error instanceof Error ? error.message : SLOT_HELP
  }
}

/** A range's end that counts from the same anchor as its start and does not come before it. *Pure.* */
export function checkSlotRange(from: unknown, to: unknown): Verdict {
  const [first, last] = [readSlot(from), readSlot(to)]
  if (!first || !last) return true
  if (first.anchor !== last.anchor) {
    return `始まり(${slotLabel(first)})と終わり(${slotLabel(last)})の数え方が違います。どちらも「妊娠○週○日」、どちらも「生後○日・○歳○か月」、どちらも「入学の○日前・から○日」のようにそろえてください。`
  }
  if (slotSortKey(last) >= slotSortKey(first)) return true
  return `終わり(${slotLabel(last)})が始まり(${slotLabel(first)})より前です。始まりと同じか、後の配信日にしてください。`
}

/** Whether the last day of a range belongs to it. */
export const endIncludedField: CheckboxField = {
  name: 'isEndIncluded',
  type: 'checkbox',
  label: ADD_ON_FIELDS.isEndIncluded.label,
  defaultValue: true,
  admin: {
    description: '「3歳の誕生日まで」なら入れ、「3歳の誕生日の前日まで」なら外します。',
  },
}
