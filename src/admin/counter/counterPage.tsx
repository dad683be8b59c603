import type { AdminViewServerProps, PayloadRequest } from 'payload'

import { NO_COUNTER } from '../../counter/entrance'
import { COUNTER_PEOPLE, hasRole, municipalityIdOf } from '../../people/roles'
import { PageFrame } from '../pages/pageFrame'
import { settingsOf } from '../pages/settingsOf'

interface Town {
  id: string
  name: string
}

/** 「窓口」: the way to the desk where staff act for a reader who is there; no reader is shown here. */
export async function CounterPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  const { publicUrl, ring } = settingsOf(req.payload)
  const isMine = hasRole(req.user, ...COUNTER_PEOPLE)
  const towns = isMine ? await townsOf(req) : []
  const asked = view.searchParams?.municipality
  const town = towns.length === 1 ? towns[0] : towns.find(({ id }) => id === asked)
  return (
    <PageFrame
      view={view}
      title="窓口"
      description="窓口や電話で頼まれたときに、その方に代わって、登録・変更・停止をします。読者の情報は管理画面にはありません。別の画面(配信のしくみの画面)が開き、30 分で閉じます。"
      roles={COUNTER_PEOPLE}
    >
      {!publicUrl || !ring ? (
        <p role="alert">{NO_COUNTER}</p>
      ) : (
        <>
          {towns.length > 1 && <Choice towns={towns} chosen={town?.id ?? ''} />}
          {town && (
            <Way
              town={town}
              api={req.payload.config.routes.api}
              hasLog={hasRole(req.user, 'chief', 'admin')}
            />
          )}
          {towns.length === 0 && <p>まだ自治体がありません。</p>}
        </>
      )}
    </PageFrame>
  )
}

function Choice({ towns, chosen }: { towns: readonly Town[]; chosen: string }) {
  return (
    <form className="kizuna-panel kizuna-fill">
      <label>
        自治体
        <select name="municipality" defaultValue={chosen}>
          {towns.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="btn btn--style-secondary btn--size-medium">
        選ぶ
      </button>
    </form>
  )
}

interface WayProps {
  town: Town
  api: string
  /** Whether the person may read the log. */
  hasLog: boolean
}

function Way({ town, api, hasLog }: WayProps) {
  return (
    <form method="post" action={`${api}/counter/${town.id}/entrance`} target="_blank">
      <button type="submit" className="btn btn--style-primary btn--size-medium">
        {town.name}の窓口をひらく(新しいタブ)
      </button>
      <p className="kizuna-panel__hint">
        だれがいつひらいたかは
        {hasLog ? '「操作の記録」' : 'システム管理者が見られる記録'}
        に、窓口でしたことは配信のしくみの記録に残ります。
      </p>
    </form>
  )
}

async function townsOf(req: PayloadRequest): Promise<Town[]> {
  const own = hasRole(req.user, 'admin') ? null : municipalityIdOf(req.user)
  const { docs } = await req.payload.find({
    collection: 'kizuna-municipalities',
    ...(own === null ? {} : { where: { id: { equals: own } } }),
    select: { name: true },
    sort: 'code',
    pagination: false,
    depth: 0,
    overrideAccess: false,
    req,
  })
  return docs.map(({ id, name }) => ({ id: String(id), name }))
}
