'use client'

import type { InboxItem } from '../../../review/inbox/reviewInbox'

/** Which part of the list is looked at; empty texts and nulls narrow nothing. */
export interface Filter {
  group: string
  from: number | null
  to: number | null
}

/** The whole list. */
export const NO_FILTER: Filter = { group: '', from: null, to: null }

/** The items of a part of the list, in its order. *Pure.* */
export function narrowed(items: readonly InboxItem[], { group, from, to }: Filter): InboxItem[] {
  return items.filter(
    ({ group: own, slotSortKey: key }) =>
      (group === '' || own === group) &&
      (from === null || (key !== null && key >= from)) &&
      (to === null || (key !== null && key <= to)),
  )
}

interface FilterProps {
  items: readonly InboxItem[]
  filter: Filter
  onChange: (filter: Filter) => void
}

/** Narrows the list to a series or municipality and to slots from one to another. */
export function InboxFilter({ items, filter, onChange }: FilterProps) {
  const groups = new Map(items.map(({ group, place }) => [group, place[0] ?? '']))
  const slots = new Map(
    narrowed(items, { ...NO_FILTER, group: filter.group })
      .toSorted((a, b) => (a.slotSortKey ?? 0) - (b.slotSortKey ?? 0))
      .flatMap(({ slotSortKey, place }) =>
        slotSortKey === null ? [] : [[slotSortKey, place[1] ?? ''] as const],
      ),
  )
  const slotChoice = (label: string, name: 'from' | 'to') => (
    <label>
      {label}
      <select
        value={filter[name] ?? ''}
        onChange={({ target: { value } }) =>
          onChange({ ...filter, [name]: value === '' ? null : Number(value) })
        }
      >
        <option value="">指定なし</option>
        {[...slots].map(([key, slot]) => (
          <option key={key} value={key}>
            {slot}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <div className="kizuna-fill kizuna-inbox__filter" role="group" aria-label="絞り込み">
      <label>
        シリーズ・自治体
        <select
          value={filter.group}
          onChange={({ target: { value } }) => onChange({ ...NO_FILTER, group: value })}
        >
          <option value="">すべて</option>
          {[...groups].map(([group, name]) => (
            <option key={group} value={group}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {slotChoice('ここから', 'from')}
      {slotChoice('ここまで', 'to')}
    </div>
  )
}
