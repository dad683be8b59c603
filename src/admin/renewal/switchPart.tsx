'use client'

import { Button } from '@payloadcms/ui'
import { useState } from 'react'

import type { SwitchPlan, SwitchRow } from '../../renewal/applySwitch'
import type { Board } from '../../renewal/board'
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

/** Which municipalities go over to the new series on its day, and taking that back until then. */
export function SwitchPart({ plan, board, texts, unpublished, today }: SwitchProps) {
  const renewal = useRenewal()
  const waiting = plan.rows.filter(({ state }) => state === 'untouched')
  const switched = plan.rows.filter(({ state }) => state === 'switched')
  const shared = { plan, board, isOff: renewal.isOff }
  const apply = (municipalities: string[], isUndo: boolean) =>
    renewal.run(async () => {
      await renewal.call(`/${board.id}/switch`, { municipalities, isUndo })
      renewal.setNews(
        isUndo
          ? `${municipalities.length} 自治体の切り替えをやめました。`
          : `${municipalities.length} 自治体を ${plan.day} に切り替えます。`,
      )
    })
  return (
    <section className="kizuna-panel" id="switch" aria-label="切り替え">
      <h2 className="kizuna-panel__title">自治体の切り替え({plan.day} から)</h2>
      <Intro plan={plan} board={board} texts={texts} unpublished={unpublished} />
      {plan.rows.length === 0 && <p>元のシリーズを使っている自治体はありません。</p>}
      {waiting.length > 0 && (
        <Choice
          rows={waiting.map(({ after, ...row }) => ({ ...row, taken: after }))}
          label={`選んだ自治体を ${plan.day} に切り替える`}
          onApply={(ids) => void apply(ids, false)}
          {...shared}
        />
      )}
      {switched.length > 0 && (
        <>
          <h3 className="kizuna-panel__title">切り替えが決まっている自治体</h3>
          {today < plan.day ? (
            <Choice
              rows={switched.map(({ before, ...row }) => ({ ...row, taken: before }))}
              label="選んだ自治体の切り替えをやめる"
              onApply={(ids) => void apply(ids, true)}
              {...shared}
            />
          ) : (
            <p>{switched.map(({ name }) => name).join('、')}</p>
          )}
        </>
      )}
      <Archive board={board} renewal={renewal} />
      <RenewalNews renewal={renewal} />
    </section>
  )
}

function Intro({ plan, board, texts, unpublished }: Omit<SwitchProps, 'today'>) {
  return (
    <>
      <p>
        前の日までは「{board.old.name}」、{plan.day} からは「{board.name}
        」を送ります。途中のお子さんにも、同じ配信日の文が二度届いたり、抜けたりすることはありません。
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

/** A municipality, and what it takes once it has switched. */
type ChoiceRow = Pick<SwitchRow, 'id' | 'name'> & { taken: SwitchRow['after'] }

interface ChoiceProps {
  rows: ChoiceRow[]
  plan: SwitchPlan
  board: Board
  label: string
  isOff: boolean
  onApply: (ids: string[]) => void
}

function Choice({ rows, plan, board, label, isOff, onApply }: ChoiceProps) {
  const [off, setOff] = useState<string[]>([])
  const chosen = rows.map(({ id }) => id).filter((id) => !off.includes(id))
  const name = (series: string) => (series === plan.new ? board.name : board.old.name)
  return (
    <>
      <ul className="kizuna-renewal__municipalities">
        {rows.map((row) => (
          <li key={row.id}>
            <label>
              <input
                type="checkbox"
                checked={!off.includes(row.id)}
                onChange={(event) =>
                  setOff(
                    event.target.checked ? off.filter((id) => id !== row.id) : [...off, row.id],
                  )
                }
              />{' '}
              {row.name}
            </label>
            <p className="kizuna-panel__aside">
              {row.taken
                .filter(({ series }) => series === plan.old || series === plan.new)
                .map((taken) => `${name(taken.series)}: ${periodOf(taken)}`)
                .join(' → ')}
            </p>
          </li>
        ))}
      </ul>
      <Button
        margin={false}
        buttonStyle="secondary"
        disabled={isOff || chosen.length === 0}
        onClick={() => onApply(chosen)}
      >
        {label}
      </Button>
    </>
  )
}

function periodOf({ effectiveFrom, effectiveTo }: SwitchRow['after'][number]): string {
  const ends = [effectiveFrom && `${effectiveFrom} から`, effectiveTo && `${effectiveTo} まで`]
  return ends.filter(Boolean).join(' ') || '期間の指定なし'
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
