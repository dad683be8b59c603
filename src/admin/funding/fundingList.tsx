interface ListProps {
  reports: readonly { id: string; title: string; fiscalYear: number }[]
  path: string
}

/** The reports of a municipality, or the first step to one. */
export function FundingList({ reports, path }: ListProps) {
  return (
    <section className="kizuna-panel" aria-label="作った報告">
      <h3 className="kizuna-panel__title">作った報告</h3>
      {reports.length === 0 ? (
        <p>
          まだありません。下の「報告を作る」でひな形を選ぶと、項目の入った表ができます。項目はあとから足したり消したりできます。
        </p>
      ) : (
        <ul>
          {reports.map(({ id, title, fiscalYear }) => (
            <li key={id}>
              <a href={`${path}?report=${id}`}>
                {fiscalYear}年度 {title}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
