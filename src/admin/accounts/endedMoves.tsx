import type { StoredMove } from '../../accountMoves/stored'
import { MOVE_STAGES } from '../../fields/choices'
import { MoveFigures } from './moveFigures'
import { History } from './openMoveView'

/** Moves that are over, each with its last numbers and all that was done. */
export function EndedMoves({ moves }: { moves: readonly StoredMove[] }) {
  if (moves.length === 0) return null
  return (
    <section aria-label="前の引っ越し">
      <h2 className="kizuna-page__subtitle">前の引っ越し</h2>
      {moves.map(({ id, kind, accounts, stage, figures, history }) => (
        <details key={id} className="kizuna-panel">
          <summary>
            {accounts.from.name} → {accounts.to.name}(
            {MOVE_STAGES.find(({ value }) => value === stage)?.label})
          </summary>
          {figures.length > 0 && <MoveFigures figures={figures} kind={kind} />}
          <History history={history} />
        </details>
      ))}
    </section>
  )
}
