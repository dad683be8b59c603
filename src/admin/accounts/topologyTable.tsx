import type { TownAccount } from '../../accounts/topology'
import { dayLabel } from '../../stage/japaneseDate'

const KINDS = { dedicated: '専用', official: '公式(相乗り)' } as const

/** The accounts a town has and had, with their days. */
export function TopologyTable({ topology }: { topology: readonly TownAccount[] }) {
  if (topology.length === 0) {
    return (
      <p>
        この自治体には、まだアカウントがありません。システム管理者が、自治体の「送る方法と時間」で決めます。
      </p>
    )
  }
  return (
    <div className="kizuna-moves__scroll">
      <table className="kizuna-moves__table">
        <caption>この自治体のアカウント</caption>
        <thead>
          <tr>
            {['名前', '方法', 'プロバイダー', '種類', 'いつから', 'いつまで'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {topology.map(({ id, name, channel, provider, kind, since, until }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td>{channel === 'line' ? 'LINE' : 'メール'}</td>
              <td>{channel === 'line' ? provider : '—'}</td>
              <td>{kind ? KINDS[kind] : '—'}</td>
              <td>{since ? dayLabel(since) : 'はじめから'}</td>
              <td>{until ? dayLabel(until) : '使っています'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
