import type { AdminViewServerProps, PayloadRequest } from 'payload'

import { ENDED_STAGES } from '../../accounts/moveStage'
import { MOVE_PEOPLE } from '../../accountMoves/rights'
import { findMovesToConfirm, type StoredMove } from '../../accountMoves/stored'
import { loadTownAccounts } from '../../accountMoves/townAccounts'
import { findTowns } from '../../municipality/findTowns'
import { hasRole, TEAM } from '../../people/roles'
import { addDays, localDayOf } from '../../stage/day'
import { PageFrame } from '../pages/pageFrame'
import { settingsOf } from '../pages/settingsOf'
import { TownChoice } from '../pages/townChoice'
import { EndedMoves } from './endedMoves'
import { MoveForm } from './moveForm'
import { OpenMoveView } from './openMoveView'
import { TopologyTable } from './topologyTable'

/** 「LINE アカウントの引っ越し」: a town's accounts, and how its readers come to another one. */
export function MovesPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  return (
    <PageFrame
      view={view}
      title="LINE アカウントの引っ越し"
      description="読者の届け先を、別の LINE アカウントに移します。始める前に、何が起こるかを言葉で確かめ、ほかの人が確かめ、選んだ読者で試せます。「終える」までは元に戻せます。"
      roles={MOVE_PEOPLE}
    >
      {hasRole(req.user, ...MOVE_PEOPLE) && <Body req={req} params={view.searchParams ?? {}} />}
    </PageFrame>
  )
}

interface BodyProps {
  req: PayloadRequest
  params: Readonly<Record<string, unknown>>
}

async function Body({ req, params }: BodyProps) {
  const path = `${req.payload.config.routes.admin}/account-moves`
  const asked = typeof params.municipality === 'string' ? params.municipality : ''
  const towns = await findTowns(req, asked)
  const [town] = towns
  if (!town) return <p role="alert">この自治体は見つからないか、見る権限がありません。</p>
  if (towns.length > 1) {
    return (
      <>
        <Waiting moves={await findMovesToConfirm(req)} path={path} />
        <TownChoice towns={towns} path={path} action="引っ越しを見る" />
      </>
    )
  }
  return <Town req={req} id={town.id} path={path} />
}

/** What waits for the person to confirm it, before they have to know in which municipality. */
function Waiting({ moves, path }: { moves: readonly StoredMove[]; path: string }) {
  if (moves.length === 0) return null
  return (
    <section className="kizuna-panel" aria-label="確認を待っている引っ越し">
      <h2 className="kizuna-panel__title">確認を待っている引っ越し</h2>
      <ul className="kizuna-moves__waiting">
        {moves.map(({ id, title, municipality }) => (
          <li key={id}>
            <a href={`${path}?municipality=${municipality}`}>{title}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Three months, as the usual overlap. */
const USUAL_DAYS = 91

async function Town({ req, id, path }: { req: PayloadRequest; id: string; path: string }) {
  const { now } = settingsOf(req.payload)
  const accounts = await loadTownAccounts(req, id)
  const [open] = accounts.moves.filter(({ stage }) => !ENDED_STAGES.includes(stage))
  const until = addDays(localDayOf(now()), USUAL_DAYS)
  return (
    <section className="kizuna-moves" aria-label={accounts.name}>
      {hasRole(req.user, ...TEAM) && (
        <h2 className="kizuna-page__subtitle">
          {accounts.name} <a href={path}>ほかの自治体を選ぶ</a>
        </h2>
      )}
      <TopologyTable topology={accounts.topology} />
      {open ? (
        <OpenMoveView move={open} userId={String(req.user?.id)} />
      ) : (
        <MoveForm municipality={id} from={accounts.from} to={accounts.to} until={until} />
      )}
      <EndedMoves moves={accounts.moves.filter((move) => move !== open)} />
    </section>
  )
}
