import { escapeHtml } from '../../src/release/escape'

/** What the address of the page asks for. */
export interface InboxQuery {
  line: string | null
  mail: string | null
  /** `2026-11-23`, or empty for all days. */
  date: string
  search: string
}

/** The address of the page for a query, as it stands in an attribute. *Pure.* */
export function pageAddress({ line, mail, date, search }: InboxQuery): string {
  const query = new URLSearchParams()
  if (line) query.set('line', line)
  if (mail) query.set('mail', mail)
  if (date) query.set('date', date)
  if (search) query.set('q', search)
  return escapeHtml(query.size === 0 ? '/' : `/?${query}`)
}
