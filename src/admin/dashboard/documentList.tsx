import type { ReviewSummary } from '../../review/queries/overview'
import { adminPath, type WidgetProps } from './widgetCard'

/** Rows of a list on the dashboard. */
const SHOWN = 5

interface ListProps extends WidgetProps {
  documents: readonly Pick<ReviewSummary, 'collection' | 'id' | 'title' | 'slotLabel'>[]
  /** Where one acts on them: the review, or the form. */
  opens: '/desk' | '/collections'
}

/** The first few of some texts, with the way to each. */
export function DocumentList({ req, documents, opens }: ListProps) {
  return (
    <>
      <ul className="kizuna-widget__list">
        {documents.slice(0, SHOWN).map(({ collection, id, title, slotLabel }) => (
          <li key={id}>
            <a href={adminPath(req, `${opens}/${collection}/${id}`)}>{title || slotLabel}</a>
          </li>
        ))}
      </ul>
      {documents.length > SHOWN && <p>ほかに {documents.length - SHOWN} 件あります。</p>}
    </>
  )
}
