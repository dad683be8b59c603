import { DUE_AHEAD_DAYS, loadDueReviews } from '../../review/queries/dueReviews'
import { findBrokenLinks } from '../../links/findLinks'
import { settingsOf } from '../pages/settingsOf'
import { adminPath, WidgetCard, type WidgetProps } from './widgetCard'

/** How much must be looked at again soon. */
export function DueWidget({ req }: WidgetProps) {
  return (
    <WidgetCard title="見直し期限">
      <Due req={req} />
      <BrokenLinks req={req} />
    </WidgetCard>
  )
}

async function Due({ req }: WidgetProps) {
  const { now, policy } = settingsOf(req.payload)
  const at = now()
  const found = await loadDueReviews(req, at)
  if (found.length === 0) {
    return (
      <p>
        {DUE_AHEAD_DAYS} 日以内に見直す原稿はありません。公開から {policy.reviewMonths}{' '}
        か月で期限が来ます。
      </p>
    )
  }
  const late = found.filter(({ reviewDueAt }) => new Date(reviewDueAt) <= at).length
  return (
    <>
      <dl className="kizuna-widget__numbers">
        <div>
          <dt>期限切れ</dt>
          <dd>
            <a href={adminPath(req, '/due-reviews?only=late')}>{late} 件</a>
          </dd>
        </div>
        <div>
          <dt>{DUE_AHEAD_DAYS} 日以内</dt>
          <dd>
            <a href={adminPath(req, '/due-reviews?only=soon')}>{found.length - late} 件</a>
          </dd>
        </div>
      </dl>
      <p>
        <a href={adminPath(req, '/due-reviews')}>見直す原稿を見る</a>
      </p>
    </>
  )
}

/** Only where there are some: it is nobody's daily business. */
async function BrokenLinks({ req }: WidgetProps) {
  const { length: broken } = await findBrokenLinks(req)
  if (broken === 0) return null
  return (
    <p>
      <a href={adminPath(req, '/links')}>開けないリンクが {broken} 件あります</a>
    </p>
  )
}
