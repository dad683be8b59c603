import { hasRole, TEAM } from '../../people/roles'
import { CONTENT_KINDS, kindOfCollection, type ContentCollection } from '../../release/contentKind'
import { loadAll } from '../../review/inbox/reviewQueue'
import { collectionsFor } from '../../review/inbox/waiting'
import { countShownStates, type StateAndLive } from '../../review/rules/state'
import { textAddress } from '../../review/rules/textSearch'
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
  if (all.length === 0) {
    return <p>まだ原稿がありません。最初の原稿が書かれると、ここに数が出ます。</p>
  }
  const kinds = collectionsFor(req.user)
  return (
    <>
      {kinds.map((kind) => (
        <Kind
          key={kind}
          req={req}
          kind={kind}
          texts={all.filter(({ collection }) => collection === kind)}
          isNamed={kinds.length > 1}
        />
      ))}
      {hasRole(req.user, ...TEAM) && (
        <p>
          <a href={adminPath(req, '/coverage')}>原稿の地図を見る</a>
        </p>
      )}
    </>
  )
}

interface KindProps extends WidgetProps {
  kind: ContentCollection
  texts: readonly StateAndLive[]
  /** Whether another kind stands beside it. */
  isNamed: boolean
}

/** The counts of one kind, each the way to what it counts; what there is none of is left out. */
function Kind({ req, kind, texts, isNamed }: KindProps) {
  const counts = countShownStates(texts).filter(({ count }) => count > 0)
  return (
    <>
      {isNamed && (
        <h3 className="kizuna-widget__group">{CONTENT_KINDS[kindOfCollection(kind)].label}</h3>
      )}
      {counts.length === 0 && <p>まだありません。</p>}
      <dl className="kizuna-widget__numbers">
        {counts.map(({ code, label, count }) => (
          <div key={code}>
            <dt>{label}</dt>
            <dd>
              <a href={adminPath(req, textAddress({ collection: kind, state: code }))}>
                {count.toLocaleString('ja-JP')} 件
              </a>
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
