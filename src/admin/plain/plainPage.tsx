import type { AdminViewServerProps } from 'payload'

import { hasRole, TEAM } from '../../people/roles'
import { loadPairs } from '../../plain/load'
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
      description="標準版が変わった・取り下げられた・まだやさしい日本語版がない配信日の一覧です。開くと、標準版のどこが変わったかを見られます。"
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
    collection: 'series',
    req,
    depth: 0,
    overrideAccess: false,
    pagination: false,
    sort: 'order',
    select: { name: true },
  })
  return (
    <PlainBoard
      pairs={pairs.filter(({ state }) => state !== 'inLine')}
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
