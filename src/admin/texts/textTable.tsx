import { CONTENT_KINDS, kindOfCollection, type ContentCollection } from '../../release/contentKind'
import { stateLabel, stateLook, type StateAndLive } from '../../review/rules/state'
import { Scheduled } from '../review/scheduled'

/** One text of a list. */
export interface ShownRow extends StateAndLive {
  id: string
  title: string
  path: string
  slotLabel: string
  /** Empty for add-ons, which have none. */
  edition: string
  /** Name of the series, or of the municipality. */
  owner: string
  /** Who else has it open; empty: nobody. */
  editing: string
  /** ISO; empty where no time is chosen. */
  publishAt: string
}

interface TableProps {
  rows: readonly ShownRow[]
  collection: ContentCollection
}

/** Texts with where they stand; on a phone each row is a card. */
export function TextTable({ rows, collection }: TableProps) {
  const isManuscripts = kindOfCollection(collection) === 'manuscript'
  const owner = isManuscripts ? 'シリーズ' : '自治体'
  const label = CONTENT_KINDS[kindOfCollection(collection)].label
  return (
    <table className="kizuna-table kizuna-table--folds kizuna-texts" aria-label={label}>
      <thead>
        <tr>
          {['配信日', '題名', ...(isManuscripts ? ['版'] : []), owner, '状態'].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>{row.slotLabel}</td>
            <td className="kizuna-texts__title">
              <a href={row.path}>{row.title || '(題名なし)'}</a>
            </td>
            {isManuscripts && <td>{row.edition}</td>}
            <td>{row.owner}</td>
            <td>
              <span className={`kizuna-state kizuna-state--${stateLook(row)}`}>
                {stateLabel(row)}
              </span>
              <Scheduled publishAt={row.publishAt ?? ''} />
              {row.editing && <span className="kizuna-editing">{row.editing}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
