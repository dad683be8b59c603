import type { Act } from '../../operation/act'
import { scopeWords, townScope } from '../../operation/halt'
import type { HaltStatus } from '../../operation/status'
import { japaneseMoment } from '../../stage/japaneseDate'
import { ActPanel } from './actPanel'
import { askedOf } from './asked'
import type { ViewProps } from './viewProps'

/** What is stopped, since when and why; whoever may lets it go on. */
export function HaltRow({ halt, seen, acts, mayAct }: ViewProps & { halt: HaltStatus }) {
  const { scope, since, reason } = halt
  const words = scopeWords(scope, seen.status)
  const act: Act = { kind: 'halt', scope, isOn: false }
  const isOwn = seen.status.towns.some(({ code }) => townScope(code) === scope)
  return (
    <div>
      <p>
        <strong>{words}を止めています</strong>({japaneseMoment(since)} から)。
        {reason !== '' && `わけ: ${reason}`}
      </p>
      <ActPanel
        asked={askedOf(act, acts)}
        mayAct={mayAct && (seen.isWhole || isOwn)}
        choices={[
          { act, label: `${words}を再開する`, what: '時間内の残りから、ふだんどおりに送ります' },
        ]}
      />
    </div>
  )
}
