import { hasRole, TEAM } from '../../people/roles'
import { countByLabel } from '../../review/rules/state'
import { loadAll } from '../../review/inbox/reviewQueue'
import { settingsOf } from '../pages/settingsOf'
import { adminPath, WidgetCard, type WidgetProps } from './widgetCard'

/** How many texts stand where. */
export function StatesWidget({ req }: WidgetProps) {
  const isTeam = hasRole(req.user, ...TEAM)
  return (
    <WidgetCard title={isTeam ? '原稿の状態' : '自治体原稿の状態'}>
      <States req={req} />
    </WidgetCard>
  )
}

async function States({ req }: WidgetProps) {
  const all = await loadAll(req, settingsOf(req.payload))
  const isTeam = hasRole(req.user, ...TEAM)
  if (all.length === 0) {
    return <p>まだ原稿がありません。最初の原稿が書かれると、ここに数が出ます。</p>
  }
  const path = isTeam ? '/coverage' : '/collections/add-ons'
  return (
    <>
      <dl className="kizuna-widget__numbers">
        {countByLabel(all).map(({ label, count }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{count} 件</dd>
          </div>
        ))}
      </dl>
      <p>
        <a href={adminPath(req, path)}>{isTeam ? '原稿の地図を見る' : '自治体原稿の一覧を見る'}</a>
      </p>
    </>
  )
}
