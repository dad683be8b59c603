import { hasRole, TEAM } from '../../people/roles'
import { REVIEW_STATE_LABELS, type ReviewState } from '../../review/rules/state'
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

const STATES = Object.keys(REVIEW_STATE_LABELS) as ReviewState[]

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
        {STATES.map((state) => (
          <div key={state}>
            <dt>{REVIEW_STATE_LABELS[state]}</dt>
            <dd>{all.filter((summary) => summary.state === state).length} 件</dd>
          </div>
        ))}
      </dl>
      <p>
        <a href={adminPath(req, path)}>{isTeam ? '原稿の地図を見る' : '自治体原稿の一覧を見る'}</a>
      </p>
    </>
  )
}
