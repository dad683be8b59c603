import { hasRole, TEAM } from '../../people/roles'
import { CONTENT_KINDS, kindOfCollection, type ContentCollection } from '../../release/contentKind'
import { collectionsFor } from '../../review/inbox/waiting'
import { countShown } from '../../review/queries/textStates'
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
  const { now } = settingsOf(req.payload)
  const kinds = await Promise.all(
    collectionsFor(req.user).map(async (kind) => ({
      kind,
      counts: await countShown(req, kind, now()),
    })),
  )
  if (kinds.every(({ counts }) => counts.length === 0)) {
    return <p>まだ原稿がありません。最初の原稿が書かれると、ここに数が出ます。</p>
  }
  return (
    <>
      {kinds.map(({ kind, counts }) => (
        <Kind key={kind} req={req} kind={kind} counts={counts} isNamed={kinds.length > 1} />
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
  counts: Awaited<ReturnType<typeof countShown>>
  /** Whether another kind stands beside it. */
  isNamed: boolean
}

/** The counts of one kind, each the way to what it counts; what there is none of is left out. */
function Kind({ req, kind, counts, isNamed }: KindProps) {
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
