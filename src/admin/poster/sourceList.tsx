'use client'

import { useRouter } from 'next/navigation'

import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'

/** A source as the list shows it. */
export interface ListedSource {
  id: string
  name: string
  isActive: boolean
  address: string
}

interface ListProps {
  sources: readonly ListedSource[]
  path: string
  /** Whether the person makes this municipality's sources. */
  isWriter: boolean
}

/** The sources of a municipality, those that were put away under the others. */
export function SourceList({ sources, path, isWriter }: ListProps) {
  const { call, errors } = useApi()
  const router = useRouter()
  const put = async ({ id, isActive }: ListedSource) => {
    const answer = await call(`/kizuna-sources/${id}`, {
      method: 'PATCH',
      body: { isActive: !isActive },
    })
    if (answer.isDone) router.refresh()
  }
  const rows = (shown: readonly ListedSource[]) => (
    <ul className="kizuna-posters__list">
      {shown.map((source) => (
        <Row
          key={source.id}
          source={source}
          path={path}
          onPut={isWriter ? () => void put(source) : null}
        />
      ))}
    </ul>
  )
  const [used, away] = [true, false].map((isUsed) =>
    sources.filter(({ isActive }) => isActive === isUsed),
  )
  return (
    <>
      <h2 className="kizuna-page__subtitle">使っているきっかけ</h2>
      {used?.length ? rows(used) : <p>{isWriter ? FIRST_STEP : NOTHING}</p>}
      <ErrorList errors={errors} />
      {away && away.length > 0 && (
        <details className="kizuna-posters__away">
          <summary>しまったもの({away.length} 件)</summary>
          <p>配ったポスターの QR コードは、しまったあとも使えます。</p>
          {rows(away)}
        </details>
      )}
    </>
  )
}

const FIRST_STEP =
  'まだありません。上の「どんなとき」を選んで「QR コードとポスターを作る」を押すと、すぐに印刷できます。'
const NOTHING = 'まだありません。自治体の編集担当が作ると、ここに並びます。'

interface RowProps {
  source: ListedSource
  path: string
  /** Puts it away, or takes it out again; null for who may not. */
  onPut: (() => void) | null
}

function Row({ source: { id, name, isActive, address }, path, onPut }: RowProps) {
  return (
    <li>
      <p>
        <strong>{name}</strong>
        <span className="kizuna-posters__address">{address}</span>
      </p>
      <div className="kizuna-actions">
        <a className="kizuna-button" href={`${path}?source=${id}`}>
          QR コード・ポスター<span className="kizuna-unseen">({name})</span>
        </a>
        {onPut && (
          <button type="button" className="kizuna-button" onClick={onPut}>
            {isActive ? 'しまう' : 'また使う'}
            <span className="kizuna-unseen">({name})</span>
          </button>
        )}
      </div>
    </li>
  )
}
