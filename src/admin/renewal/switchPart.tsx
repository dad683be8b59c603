'use client'

import { Button } from '@payloadcms/ui'

import type { SwitchPlan } from '../../renewal/applySwitch'
import { dayLabel } from '../../stage/japaneseDate'
import type { Board } from '../../renewal/board'
import { BY_HAND, pastDay } from '../../renewal/switchOver'
import { SwitchChoice } from './switchChoice'
import { useRenewal, type Renewal } from './useRenewal'
import { RenewalNews } from './renewalNews'
import './renewal.css'

interface SwitchProps {
  plan: SwitchPlan
  board: Board
  /** How many places the new series has, and how many of them readers would not get. */
  texts: number
  unpublished: number
  /** `YYYY-MM-DD` */
  today: string
}

/** Which municipalities go over to the new series on its day, and taking that back. */
export function SwitchPart({ plan, board, texts, unpublished, today }: SwitchProps) {
  const renewal = useRenewal()
  const apply = (municipalities: string[], isUndo: boolean) =>
    renewal.run(async () => {
      const isSure = !isUndo // what is shown beside the button was ticked
      await renewal.call(`/${board.id}/switch`, { municipalities, isUndo, isSure })
      renewal.setNews(
        `${municipalities.length} 自治体${isUndo ? undoneAs(plan, board, today) : doneAs(plan, board, today)}`,
      )
    })
  const shared = { plan, board, today, isOff: renewal.isOff, onApply: apply }
  return (
    <section className="kizuna-panel" id="switch" aria-label="切り替え">
      <h2 className="kizuna-panel__title">自治体の切り替え({dayLabel(plan.day)} から)</h2>
      <Intro plan={plan} board={board} texts={texts} unpublished={unpublished} />
      {plan.rows.length === 0 && <p>元のシリーズを使っている自治体はありません。</p>}
      <Waiting {...shared} />
      <Switched {...shared} />
      <Archive board={board} renewal={renewal} />
      <RenewalNews renewal={renewal} />
    </section>
  )
}

function doneAs({ day }: SwitchPlan, { name }: Board, today: string): string {
  return day === today
    ? `を切り替えました。今日から「${name}」を送ります。`
    : `は、${dayLabel(day)} に「${name}」へ切り替わります。`
}

function undoneAs({ day }: SwitchPlan, { old }: Board, today: string): string {
  return today < day
    ? 'の切り替えを取り消しました。'
    : `の切り替えを取り消しました。今日からまた「${old.name}」を送ります。`
}

type PartProps = Pick<SwitchProps, 'plan' | 'board' | 'today'> & {
  isOff: boolean
  onApply: (ids: string[], isUndo: boolean) => Promise<void>
}

function Waiting({ plan, board, today, isOff, onApply }: PartProps) {
  const rows = plan.rows.filter(({ state }) => state === 'untouched')
  if (rows.length === 0) return null
  if (plan.day < today) {
    return (
      <p className="kizuna-renewal__open">
        切り替えていない自治体: {rows.map(({ name }) => name).join('、')}。
        {pastDay('切り替える日', plan.day, today)}
        {BY_HAND}
      </p>
    )
  }
  return (
    <SwitchChoice
      plan={plan}
      board={board}
      rows={rows.map(({ after, ...row }) => ({ ...row, taken: after }))}
      label={`選んだ自治体を ${dayLabel(plan.day)} に切り替える`}
      isAllChosen
      warning={
        plan.lostDays > 0
          ? `いま届いている配信日のうち ${plan.lostDays} 日ぶんの原稿が、「${board.name}」ではまだ公開されていません。このまま切り替えると、${dayLabel(plan.day)} から、その配信日にはご家族に何も届きません。`
          : null
      }
      tick="公開していない原稿がある配信日には届かないことを確かめました"
      isOff={isOff}
      onApply={(ids) => void onApply(ids, false)}
    />
  )
}

function Switched({ plan, board, today, isOff, onApply }: PartProps) {
  const rows = plan.rows.filter(({ state }) => state === 'switched')
  if (rows.length === 0) return null
  const isAhead = today < plan.day
  return (
    <>
      <h3 className="kizuna-panel__title">
        {isAhead ? '切り替えが決まっている自治体' : '切り替えた自治体'}
      </h3>
      <p>まちがえて切り替えたときは、自治体を選んで取り消せます。</p>
      <SwitchChoice
        plan={plan}
        board={board}
        rows={rows.map(({ before, ...row }) => ({ ...row, taken: before }))}
        label="選んだ自治体の切り替えを取り消す"
        isAllChosen={false}
        warning={
          isAhead
            ? null
            : `取り消すと、今日からまた「${board.old.name}」を送ります。${dayLabel(plan.day)} からきのうまでに送った分は、そのままです。同じ画面からもう一度切り替えることはできません。`
        }
        tick="今日から前のシリーズに戻ることを確かめました"
        isOff={isOff}
        onApply={(ids) => void onApply(ids, true)}
      />
    </>
  )
}

function Intro({ plan, board, texts, unpublished }: Omit<SwitchProps, 'today'>) {
  return (
    <>
      <p>
        前の日までは「{board.old.name}」、{dayLabel(plan.day)} からは「{board.name}
        」を送ります。途中のお子さんにも、同じ配信日の文が二度届くことはありません。
      </p>
      {unpublished > 0 && (
        <p className="kizuna-renewal__open">
          「{board.name}」の {texts} 件のうち、{unpublished}{' '}
          件がまだ公開されていません。公開されるまで、切り替えたあとも届きません。
        </p>
      )}
    </>
  )
}

function Archive({ board, renewal }: { board: Board; renewal: Renewal }) {
  const { isArchived } = board.old
  return (
    <details className="kizuna-panel__details">
      <summary>元のシリーズを{isArchived ? '保管から出す' : '保管する'}</summary>
      <p>
        保管したシリーズは、原稿や自治体の設定で選べなくなります。いま送っている配信は変わらず、一覧でも読めます。
      </p>
      <Button
        margin={false}
        buttonStyle="secondary"
        disabled={renewal.isOff}
        onClick={() =>
          void renewal.run(async () => {
            await renewal.call(`/${board.id}/archive`, { isArchived: !isArchived })
          })
        }
      >
        {isArchived ? '保管から出す' : '保管する'}
      </Button>
    </details>
  )
}
