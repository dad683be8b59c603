import type { AdminViewServerProps } from 'payload'

import { canCopySeries, canSwitchSeries, RENEWAL_PEOPLE } from '../../people/roles'
import { loadBoard } from '../../renewal/board'
import { planSwitch } from '../../renewal/applySwitch'
import { localDayOf } from '../../stage/day'
import { dayLabel } from '../../stage/japaneseDate'
import { Hydrated } from '../fields/useHydrated'
import { PageFrame } from '../pages/pageFrame'
import { settingsOf } from '../pages/settingsOf'
import { BoardTable } from './boardTable'
import { CopyForm, CopyRest } from './copyForm'
import { SubmitAll } from './submitAll'
import { SwitchPart } from './switchPart'

/** 「新年度への引き継ぎ」: a series copied forward, what of it is to be looked at, and the switch. */
export function RenewalPage(view: AdminViewServerProps) {
  const query = view.searchParams ?? {}
  const one = (name: string) => (typeof query[name] === 'string' ? query[name] : '')
  const id = /^[0-9a-f]{24}$/.test(one('series')) ? one('series') : null
  return (
    <PageFrame
      view={view}
      title="新年度への引き継ぎ"
      description="シリーズを新しい年度へまるごと写し、変えたところだけを見直して、4月1日などの決めた日に切り替えます。元のシリーズは、そのまま読めます。"
      roles={RENEWAL_PEOPLE}
    >
      {id === null ? (
        <Start view={view} />
      ) : (
        <Renewal view={view} id={id} filter={{ show: one('show'), page: one('page') }} />
      )}
    </PageFrame>
  )
}

async function Start({ view }: { view: AdminViewServerProps }) {
  const { req } = view.initPageResult
  const { docs } = await req.payload.find({
    collection: 'kizuna-series',
    req,
    depth: 0,
    pagination: false,
    overrideAccess: false,
  })
  const copies = docs.filter(({ copiedFrom }) => copiedFrom)
  const nextYear = Number(localDayOf(settingsOf(req.payload).now()).slice(0, 4)) + 1
  return (
    <>
      <section className="kizuna-panel" aria-label="引き継いだシリーズ">
        <h2 className="kizuna-panel__title">引き継いだシリーズ</h2>
        {copies.length === 0 ? (
          <p>
            まだありません。
            {canCopySeries(req.user)
              ? '下の「シリーズを引き継ぐ」から始めます。'
              : '編集者がシリーズを引き継ぐと、ここに並び、自治体の切り替えができます。'}
          </p>
        ) : (
          <ul>
            {copies.map(({ id, name, startsOn }) => (
              <li key={id}>
                <a href={`?series=${id}`}>{name}</a>
                {startsOn && `(${dayLabel(startsOn)} から)`}
              </li>
            ))}
          </ul>
        )}
      </section>
      {canCopySeries(req.user) && (
        <Hydrated>
          <CopyForm
            startsOn={`${nextYear}-04-01`}
            series={docs
              .filter(({ isArchived }) => !isArchived)
              .map(({ id, name, code }) => ({ id, name, code }))}
          />
        </Hydrated>
      )}
    </>
  )
}

interface RenewalProps {
  view: AdminViewServerProps
  id: string
  filter: { show: string; page: string }
}

async function Renewal({ view, id, filter }: RenewalProps) {
  const { req } = view.initPageResult
  const board = await loadBoard(req, id, settingsOf(req.payload)).catch(() => null)
  if (!board) {
    return <p role="alert">引き継いだシリーズが見つかりません。一覧から選び直してください。</p>
  }
  const missing = board.rows.filter(({ standing }) => standing === 'missing').length
  const ready = board.rows.filter(
    ({ standing, state }) => standing === 'unchanged' && state === 'draft',
  ).length
  const { admin } = req.payload.config.routes
  return (
    <>
      <p>
        <a href={`${admin}/renewal`}>引き継いだシリーズの一覧</a>
      </p>
      <h2 className="kizuna-page__subtitle">{board.name}</h2>
      <p>
        元のシリーズ:{' '}
        <a href={`${admin}/collections/kizuna-series/${board.old.id}`}>{board.old.name}</a>
        {board.old.isArchived && '(保管済み)'}。使い始める日:{' '}
        {board.startsOn ? dayLabel(board.startsOn) : 'まだ決まっていません'}
      </p>
      {canSwitchSeries(req.user) && (
        <p>
          <a href="#switch">自治体の切り替えへ</a>
        </p>
      )}
      {canCopySeries(req.user) && <CopyRest id={id} missing={missing} />}
      {canCopySeries(req.user) && <SubmitAll id={id} count={ready} />}
      <BoardTable board={board} req={req} filter={filter} />
      {canSwitchSeries(req.user) && (
        <Hydrated>
          <SwitchPart
            plan={await planSwitch(req, id)}
            board={{ ...board, rows: [] }}
            texts={board.rows.length}
            unpublished={board.rows.filter(({ isLive }) => !isLive).length}
            today={today(req)}
          />
        </Hydrated>
      )}
    </>
  )
}

function today(req: AdminViewServerProps['initPageResult']['req']): string {
  return localDayOf(settingsOf(req.payload).now())
}
