import type { WaitingChange } from '../../municipality/waitingChanges'
import { japaneseMoment } from '../../stage/japaneseDate'

interface ChangesProps {
  changes: readonly WaitingChange[]
  /** Path of the admin. */
  admin: string
}

/** Changes of municipalities' words that wait for the person, with the way to each; nothing if none. */
export function WaitingChanges({ changes, admin }: ChangesProps) {
  if (changes.length === 0) return null
  return (
    <section className="kizuna-panel" aria-label="確かめを待っている自治体の変更">
      <h2 className="kizuna-panel__title">確かめを待っている自治体の変更 {changes.length} 件</h2>
      <ul>
        {changes.map(({ id, municipality, title, proposedByName, at }) => (
          <li key={id}>
            <a href={`${admin}/collections/kizuna-municipalities/${municipality}`}>{title}</a>(
            {proposedByName}さんの提案、{japaneseMoment(at)})
          </li>
        ))}
      </ul>
    </section>
  )
}
