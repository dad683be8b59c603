interface PagerProps {
  page: number
  /** Number of the last page; with one there is nothing to turn. */
  last: number
  /** What one page holds, as it is said: 100 件. */
  size: string
  addressOf: (page: number) => string
  /** Said after the number of pages. */
  note?: string
}

/** Leads to the pages before and after; works without a script. */
export function Pager({ page, last, size, addressOf, note = '' }: PagerProps) {
  if (last <= 1) return null
  return (
    <nav className="kizuna-pager" aria-label="ページ">
      {page > 1 && <a href={addressOf(page - 1)}>前の {size}</a>}
      <span>
        {page} / {last} ページ{note}
      </span>
      {page < last && <a href={addressOf(page + 1)}>次の {size}</a>}
    </nav>
  )
}
