import type { AdminViewServerProps } from 'payload'

import { hasRole, TEAM } from '../../people/roles'
import { countHoles, coverageMap, type MappedSeries } from '../../coverage/map'
import { findTakenSlots, loadMappedStates } from '../../review/queries/textStates'
import { PageFrame } from '../pages/pageFrame'
import { settingsOf } from '../pages/settingsOf'
import { CoverageMap } from './coverageMap'
import { Places } from './places'

/** 「原稿の地図」: every slot of one series in one edition, and where its manuscript stands. */
export function CoveragePage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  return (
    <PageFrame
      view={view}
      title="原稿の地図"
      description={`${ABOUT}${hasRole(req.user, 'editor') ? '穴を選ぶと、その配信日の原稿を書き始められます。' : ''}`}
      roles={TEAM}
    >
      {hasRole(req.user, ...TEAM) && <Body view={view} />}
    </PageFrame>
  )
}

const ABOUT =
  'シリーズと版ごとに、どの配信日の原稿がどこまで進んでいるかを見られます。ます目を選ぶと、その原稿が開きます。「穴」は、シリーズの「原稿を置く間隔」で予定した配信日に原稿がないところです。'

type Request = AdminViewServerProps['initPageResult']['req']

async function Body({ view }: { view: AdminViewServerProps }) {
  const { req } = view.initPageResult
  const { now, editions } = settingsOf(req.payload)
  const { admin } = req.payload.config.routes
  const all = await findSeries(req)
  const series = chosen(all, view.searchParams?.series)
  const edition = chosen(editions, view.searchParams?.edition)
  if (!series || !edition) return <NoSeries admin={admin} />
  const manuscripts = await loadMappedStates(
    req,
    { series: series.id, edition: edition.code },
    now(),
  )
  const [block] = coverageMap({ series: [series], editions: [edition], manuscripts })
  const holes = await findHoles(req, all)
  const unplanned = all.filter(({ cadence }) => !cadence || cadence.length === 0)
  const address = (place: Record<string, string>) =>
    `${admin}/coverage?${new URLSearchParams({ series: series.code, edition: edition.code, ...place }).toString()}`
  return (
    <>
      <SupportMissing series={all} admin={admin} />
      {unplanned.length > 0 && (
        <p className="kizuna-panel">
          穴を数えていないシリーズがあります: {unplanned.map(({ name }) => name).join('、')}。
          シリーズの「原稿を置く間隔」を決めると、まだない配信日が穴として出ます。
        </p>
      )}
      <Places
        label="シリーズ"
        places={all.map(({ id, code, name }) => ({
          code,
          name,
          href: address({ series: code }),
          holes: sumOf(holes.filter((one) => one.series === id)),
        }))}
        current={series.code}
      />
      <Places
        label="版"
        places={editions.map(({ code, label }) => ({
          code,
          name: label,
          href: address({ edition: code }),
          holes: sumOf(holes.filter((one) => one.series === series.id && one.edition === code)),
        }))}
        current={edition.code}
      />
      {block ? (
        <CoverageMap block={block} admin={admin} canWrite={hasRole(req.user, 'editor')} />
      ) : (
        <p className="kizuna-panel">
          「{series.name}」には、{edition.label}の原稿も、予定した配信日もありません。
          シリーズの「原稿を置く間隔」を決めるか、
          <a href={`${admin}/collections/kizuna-manuscripts/create`}>最初の原稿を書きます</a>。
        </p>
      )}
    </>
  )
}

/** The one that was asked for, else the first. */
function chosen<One extends { code: string }>(all: readonly One[], code: unknown): One | undefined {
  return all.find((one) => one.code === code) ?? all[0]
}

/** The holes of all series and editions: the map itself shows one of each. */
async function findHoles(req: Request, series: readonly MappedSeries[]) {
  const { editions } = settingsOf(req.payload)
  const places = series.flatMap(({ id }) => editions.map(({ code }) => ({ id, code })))
  const taken = await Promise.all(
    places.map(async ({ id, code }) => {
      const place = { series: id, edition: code }
      return { ...place, slots: await findTakenSlots(req, place) }
    }),
  )
  return countHoles({ series, taken })
}

function sumOf(counts: readonly { count: number }[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0)
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
