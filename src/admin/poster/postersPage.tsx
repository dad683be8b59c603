import type { AdminViewServerProps, PayloadRequest } from 'payload'

import { hasRole, MUNICIPAL, municipalityIdOf, TEAM } from '../../people/roles'
import { NO_PUBLIC_URL } from '../../poster/endpoints'
import { registrationAddress } from '../../source/registrationAddress'
import { findTowns } from '../../municipality/findTowns'
import { PageFrame } from '../pages/pageFrame'
import { settingsOf } from '../pages/settingsOf'
import { TownChoice } from '../pages/townChoice'
import { SourceForm } from './sourceForm'
import { SourceList } from './sourceList'
import { SourcePage } from './sourcePage'

const PEOPLE = [...TEAM, ...MUNICIPAL]

/** 「ポスターとQR」: where families hear of the texts, and what is printed for it. */
export function PostersPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  const { publicUrl } = settingsOf(req.payload)
  return (
    <PageFrame
      view={view}
      title="ポスターとQR"
      description="配る機会や場所(きっかけ)ごとに QR コードを作って、ポスターやカードを印刷します。どのきっかけから登録されたかが、数字で分かるようになります。"
      roles={PEOPLE}
    >
      {hasRole(req.user, ...PEOPLE) &&
        (publicUrl === null ? (
          <p role="alert">{NO_PUBLIC_URL}</p>
        ) : (
          <Body req={req} params={view.searchParams ?? {}} publicUrl={publicUrl} />
        ))}
    </PageFrame>
  )
}

interface BodyProps {
  req: PayloadRequest
  params: Readonly<Record<string, unknown>>
  publicUrl: string
}

async function Body({ req, params, publicUrl }: BodyProps) {
  const path = `${req.payload.config.routes.admin}/posters`
  const asked = (name: string) => (typeof params[name] === 'string' ? params[name] : '')
  if (asked('source')) {
    return <SourcePage req={req} id={asked('source')} path={path} publicUrl={publicUrl} />
  }
  const towns = await findTowns(req, asked('municipality'))
  const [town] = towns
  if (!town) return <p role="alert">この自治体は見つからないか、見る権限がありません。</p>
  if (towns.length > 1) return <TownChoice towns={towns} path={path} action="ポスターとQRを見る" />
  return <Town req={req} town={town} path={path} publicUrl={publicUrl} />
}

interface TownProps {
  req: PayloadRequest
  town: { id: string; name: string }
  path: string
  publicUrl: string
}

async function Town({ req, town, path, publicUrl }: TownProps) {
  const { docs } = await req.payload.find({
    collection: 'kizuna-sources',
    where: { municipality: { equals: town.id } },
    sort: '-createdAt',
    depth: 1,
    pagination: false,
    overrideAccess: false,
    req,
  })
  const isWriter = hasRole(req.user, 'municipal-editor') && municipalityIdOf(req.user) === town.id
  const sources = docs.map(({ id, name, code, isActive, municipality }) => ({
    id: String(id),
    name: name ?? '',
    isActive: isActive !== false,
    address: registrationAddress({
      publicUrl,
      municipality: typeof municipality === 'object' ? municipality.code : '',
      source: code ?? '',
    }),
  }))
  return (
    <section className="kizuna-posters" aria-label={town.name}>
      {hasRole(req.user, ...TEAM) && (
        <h2 className="kizuna-page__subtitle">
          {town.name} <a href={path}>ほかの自治体を選ぶ</a>
        </h2>
      )}
      {isWriter && <SourceForm path={path} />}
      <SourceList sources={sources} path={path} isWriter={isWriter} />
    </section>
  )
}
