import { findEditing } from '../../review/gate/editing'
import type { ReviewedCollection } from '../../review/queries/load'
import { adminPath, type WidgetProps } from './widgetCard'

/** Rows of a list on the dashboard. */
const SHOWN = 5

interface Listed {
  collection: ReviewedCollection
  id: string
  title: string
  slotLabel: string
  /** What stands behind the title. */
  said?: string
}

interface ListProps extends WidgetProps {
  /** At least the first few. */
  documents: readonly Listed[]
  /** How many there are in all. */
  count: number
  /** Where one acts on them: the review, or the form. */
  opens: '/desk' | '/collections'
}

/** The first few of some texts, with the way to each. */
export async function DocumentList({ req, documents, count, opens }: ListProps) {
  const shown = documents.slice(0, SHOWN)
  const editingOf = await findEditing(req, shown)
  return (
    <>
      <ul className="kizuna-widget__list">
        {shown.map(({ collection, id, title, slotLabel, said }) => (
          <li key={id}>
            <a href={adminPath(req, `${opens}/${collection}/${id}`)}>{title || slotLabel}</a>
            {said && `(${said})`}
            {editingOf(id) && <span className="kizuna-editing">{editingOf(id)}</span>}
          </li>
        ))}
      </ul>
      {count > SHOWN && <p>ほかに {count - SHOWN} 件あります。</p>}
    </>
  )
}
