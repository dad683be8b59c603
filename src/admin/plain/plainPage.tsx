import type { AdminViewServerProps } from 'payload'

import { hasRole, TEAM } from '../../people/roles'
import { loadPairs } from '../../plain/load'
import { isToDo } from '../../plain/pairs'
import { PageFrame } from '../pages/pageFrame'
import { settingsOf } from '../pages/settingsOf'
import { PlainBoard } from './plainBoard'

/** 「やさしい日本語版」: which easy texts are behind the standard edition, missing or left alone. */
export function PlainPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  return (
    <PageFrame
      view={view}
      title="やさしい日本語版"
      description="標準版が変わった・取り下げられた・まだ標準版だけがある配信日の一覧です。開くと、標準版のどこが変わったかを見られます。「標準版だけがある」は、公開中の標準版にやさしい日本語の原稿がない配信日で、原稿の地図の「穴」(シリーズの「原稿を置く間隔」で予定した配信日に原稿がないところ)とは別に数えます。"
      roles={TEAM}
    >
      {hasRole(req.user, ...TEAM) && <Body req={req} />}
    </PageFrame>
  )
}

type Request = AdminViewServerProps['initPageResult']['req']

async function Body({ req }: { req: Request }) {
  const settings = settingsOf(req.payload)
  const { editions } = settings
  if (!editions.some(({ isPlain }) => isPlain)) {
    return (
      <p className="kizuna-panel">
        やさしい日本語の版が、まだ決められていません。システム管理者に頼んで、設定の editions
        のどれかに isPlain を付けてもらってください。
      </p>
    )
  }
  const pairs = await loadPairs(req, settings)
  const { docs } = await req.payload.find({
    collection: 'kizuna-series',
    req,
    depth: 0,
    overrideAccess: false,
    pagination: false,
    sort: 'order',
    select: { name: true },
  })
  return (
    <PlainBoard
      pairs={pairs.filter(isToDo)}
      inLine={pairs.filter(({ state }) => state === 'inLine').length}
      series={docs.map(({ id, name }) => ({ id, name }))}
      editions={editions
        .filter(({ isPlain }) => isPlain)
        .map(({ code, label }) => ({ code, label }))}
      admin={req.payload.config.routes.admin}
      canWrite={hasRole(req.user, 'editor')}
    />
  )
}
