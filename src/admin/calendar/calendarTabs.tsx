interface TabsProps {
  /** The page's address with the town and the month in it. */
  address: string
  isCounts: boolean
}

/** The two ways to look at a month: what has a day in it, and how much comes to one family. */
export function CalendarTabs({ address, isCounts }: TabsProps) {
  return (
    <nav className="kizuna-switch" aria-label="見かた">
      <a href={address} aria-current={isCounts ? undefined : 'page'}>
        日ごとの予定
      </a>
      <a href={`${address}&counts=1`} aria-current={isCounts ? 'page' : undefined}>
        1 家族に届く数
      </a>
    </nav>
  )
}
