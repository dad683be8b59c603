import { RUN_ACT_WORDS, RUN_ACTS, type Act, type RunActName } from '../../operation/act'
import type { RunStatus, TownStatus } from '../../operation/status'
import { countWords, restWords, stateWords, tomorrowWords } from '../../operation/words'
import { ActPanel } from './actPanel'
import { askedOf } from './asked'
import type { ViewProps } from './viewProps'
import { UnknownMails } from './unknownMails'

const WHAT: Readonly<Record<RunActName, string>> = {
  continue:
    '前の日と比べずに、時間内なら残りを送ります。ほかのわけが直っていなければ、また保留になります',
  drop: 'きょうの残りは送らず、期限切れとして記録します。元に戻せません',
}

/** A municipality's day: its runs, what waits for a person, and the numbers. */
export function TownRow(props: ViewProps & { town: TownStatus }) {
  const { town, now, acts, mayAct } = props
  const { name, runs, unknown } = town
  const rest = restWords(town)
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {rest !== null && <p>{rest}</p>}
        {runs.map((run) => (
          <div key={run.id}>
            <p>
              {run.kind === 'urgent' && '緊急: '}
              {stateWords(run, now)}
            </p>
            {run.state === 'held' && run.hold && (
              <ActPanel
                asked={askedOf(actOf(run.id, run.hold.at, 'continue'), acts)}
                mayAct={mayAct}
                choices={RUN_ACTS.map((act) => ({
                  act: actOf(run.id, run.hold?.at ?? '', act),
                  label: RUN_ACT_WORDS[act],
                  what: WHAT[act],
                }))}
              />
            )}
          </div>
        ))}
        {unknown.count > 0 && (
          <UnknownMails
            town={town.code}
            {...unknown}
            asked={askedOf(
              {
                kind: 'mail',
                town: town.code,
                mails: unknown.mails.map(({ number }) => number),
                decision: 'sent',
              },
              acts,
            )}
            mayAct={mayAct}
          />
        )}
        {rest === null && runs.length === 0 && <p>きょうの配信は、まだ始まっていません。</p>}
      </td>
      <td>
        {runs.map((run) => (
          <p key={run.id}>{wordsOf(run)}</p>
        ))}
        {town.tomorrow !== null && <p>{tomorrowWords(town)}</p>}
      </td>
    </tr>
  )
}

function wordsOf(run: RunStatus): string {
  return countWords(run) || '—'
}

function actOf(run: string, heldAt: string, act: RunActName): Act {
  return { kind: 'run', run, heldAt, act }
}
