import type { AdminViewServerProps } from 'payload'

import { hasRole, TEAM } from '../../people/roles'
import { coverageMap, type MappedSeries } from '../../coverage/map'
import { loadMappedStates } from '../../review/queries/textStates'
import { PageFrame } from '../pages/pageFrame'
import { settingsOf } from '../pages/settingsOf'
import { CoverageMap } from './coverageMap'

/** 「原稿の地図」: every series and edition, every slot, and where its manuscript stands. */
export function CoveragePage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  return (
    <PageFrame
      view={view}
      title="原稿の地図"
      description={`${ABOUT}${hasRole(req.user, 'editor') ? '穴を選ぶと、その配信日の原稿を書き始められます。' : ''}`}
      roles={TEAM}
    >
      {hasRole(req.user, ...TEAM) && <Body req={req} />}
    </PageFrame>
  )
}

const ABOUT =
  'シリーズと版ごとに、どの配信日の原稿がどこまで進んでいるかを見られます。ます目を選ぶと、その原稿が開きます。「穴」は、シリーズの「原稿を置く間隔」で予定した配信日に原稿がないところです。'

type Request = AdminViewServerProps['initPageResult']['req']

async function Body({ req }: { req: Request }) {
  const { now, editions } = settingsOf(req.payload)
  const { admin } = req.payload.config.routes
  const [series, manuscripts] = await Promise.all([findSeries(req), loadMappedStates(req, now())])
  const blocks = coverageMap({ series, editions, manuscripts })
  const unplanned = series.filter(({ cadence }) => !cadence || cadence.length === 0)
  if (series.length === 0) return <NoSeries admin={admin} />
  return (
    <>
      <SupportMissing series={series} admin={admin} />
      {unplanned.length > 0 && (
        <p className="kizuna-panel">
          穴を数えていないシリーズがあります: {unplanned.map(({ name }) => name).join('、')}。
          シリーズの「原稿を置く間隔」を決めると、まだない配信日が穴として出ます。
        </p>
      )}
      {blocks.length === 0 ? (
        <p className="kizuna-panel">
          原稿も、原稿を置く間隔もまだありません。まず「シリーズ」で原稿を置く間隔を決めるか、
          <a href={`${admin}/collections/kizuna-manuscripts/create`}>最初の原稿を書きます</a>。
        </p>
      ) : (
        <CoverageMap blocks={blocks} admin={admin} canWrite={hasRole(req.user, 'editor')} />
      )}
    </>
  )
}

async function findSeries(req: Request): Promise<MappedSeries[]> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-series',
    req,
    depth: 0,
    overrideAccess: false,
    pagination: false,
    sort: 'order',
    select: { code: true, name: true, anchor: true, cadence: true },
  })
  return docs
}

/** Without it the readers' page names the municipality's contact alone. */
function SupportMissing({ series, admin }: { series: MappedSeries[]; admin: string }) {
  if (series.some(({ anchor }) => anchor === 'support')) return null
  return (
    <p className="kizuna-panel" role="note">
      「手続きや相談先」の原稿がまだありません。配信を止めた方が開くページには、自治体の連絡先だけが出ています。
      「支えの文を希望した日」から数える
      <a href={`${admin}/collections/kizuna-series/create`}>シリーズを作り</a>
      、自治体の設定でそのシリーズを使うと、ここに穴として出ます。
    </p>
  )
}

function NoSeries({ admin }: { admin: string }) {
  return (
    <p className="kizuna-panel">
      シリーズがまだありません。まず、監修責任者かシステム管理者が
      <a href={`${admin}/collections/kizuna-series/create`}>シリーズを作り</a>
      、「原稿を置く間隔」を決めます。
    </p>
  )
}
