'use client'

import { memo, useRef, useState, type FocusEvent, type KeyboardEvent, type MouseEvent } from 'react'

import {
  COVERAGE_STATES,
  type CoverageBlock,
  type CoverageCell,
  type CoverageState,
} from '../../coverage/map'
import { stepFrom } from './gridKeys'

interface GridProps {
  block: CoverageBlock
  /** Other states are shown pale; empty shows all alike. */
  only: CoverageState | ''
  admin: string
  canWrite: boolean
}

const STATES = new Map(COVERAGE_STATES.map((one) => [one.state, one]))

/** One series in one edition: a grid with one stop for Tab, arrows inside, Enter to open. */
export const CoverageGrid = memo(function CoverageGrid({ block, ...rest }: GridProps) {
  const [told, setTold] = useState('')
  const grid = useRef<HTMLDivElement>(null)
  const tell = (event: FocusEvent | MouseEvent) => {
    const cell = (event.target as Element).closest('a')
    if (cell) setTold(cell.getAttribute('aria-label') ?? '')
  }
  const onFocus = (event: FocusEvent) => {
    grid.current?.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1')
    event.target.closest('a')?.setAttribute('tabindex', '0')
    tell(event)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const next = grid.current && stepFrom(grid.current, event.target as Element, event.key)
    if (!next) return
    event.preventDefault()
    next.focus()
  }
  return (
    <div className="kizuna-coverage__block">
      <h3>
        {block.edition.label} <Counts counts={block.counts} />
      </h3>
      <div
        ref={grid}
        role="grid"
        aria-label={`${block.series.name} ${block.edition.label}`}
        onFocus={onFocus}
        onMouseOver={tell}
        onKeyDown={onKeyDown}
      >
        {block.rows.map(({ label, cells }, row) => (
          <div key={label} role="row" className="kizuna-coverage__row">
            <span role="rowheader" className="kizuna-coverage__label">
              {label}
            </span>
            <span className="kizuna-coverage__cells" role="presentation">
              {cells.map((cell, at) => (
                <Cell
                  key={`${cell.slot} ${cell.id ?? ''}`}
                  cell={cell}
                  block={block}
                  isFirst={row === 0 && at === 0}
                  {...rest}
                />
              ))}
            </span>
          </div>
        ))}
      </div>
      <p className="kizuna-coverage__told" aria-hidden="true">
        {told || 'ます目を選ぶと、ここに題名が出ます。'}
      </p>
    </div>
  )
})

function Counts({ counts }: Pick<CoverageBlock, 'counts'>) {
  const holes = counts.hole ?? 0
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <small className="kizuna-panel__aside">
      原稿 {all - holes} 件、穴 {holes} 件
    </small>
  )
}

interface CellProps extends GridProps {
  cell: CoverageCell
  /** The one stop for Tab at first. */
  isFirst: boolean
}

function Cell({ cell, block, only, admin, canWrite, isFirst }: CellProps) {
  const { state, label, title, slot, id } = cell
  const said = STATES.get(state)
  const isPale = only !== '' && only !== state
  const name = `${label} ${said?.label} ${title || (canWrite ? 'この配信日の原稿を書く' : '')}`
  const className = `kizuna-cell kizuna-cell--${said?.look}${isPale ? ' kizuna-cell--pale' : ''}`
  const collection = `${admin}/collections/kizuna-manuscripts`
  const place = { series: block.series.code, slot, edition: block.edition.code }
  const writing = canWrite
    ? `${collection}/create?${new URLSearchParams(place).toString()}`
    : undefined
  return (
    <span role="gridcell">
      <a
        className={className}
        href={id === null ? writing : `${collection}/${id}`}
        aria-label={name.trim()}
        tabIndex={isFirst ? 0 : -1}
      >
        {said?.sign}
      </a>
    </span>
  )
}
