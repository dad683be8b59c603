import type { SeenStatus } from '../../watch/kept'
import type { RunAct, RunActName } from '../../operation/runAct'
import type { RunStatus, TownStatus } from '../../operation/status'
import {
  alertWords,
  contentWords,
  countWords,
  restWords,
  stateWords,
  workersWords,
} from '../../operation/words'
import { dayLabel, japaneseMoment } from '../../stage/japaneseDate'
import { HeldRun } from './heldRun'

/** The worker tells twice a minute: what is older says that it does not. */
const OLD_AFTER_MS = 2 * 60_000

interface ViewProps {
  seen: SeenStatus
  /** What is asked about held runs, and not done yet. */
  acts: readonly RunAct[]
  /** Whether the person may say what becomes of a held run. */
  mayAct: boolean
  now: Date
  /** Path of the admin. */
  admin: string
}

/** What needs a person first, then each municipality's day. */
export function OperationView(props: ViewProps) {
  const { seen, now, admin } = props
  const { status, isWhole } = seen
  const { at, date, towns, alerts, content } = status
  const isOld = now.getTime() - Date.parse(at) > OLD_AFTER_MS
  const waiting = towns.filter(needsSomebody)
  return (
    <>
      {isOld && (
        <p className="kizuna-panel" role="alert">
          配信プログラムから、{japaneseMoment(at)}
          のあと知らせがありません。下は、そのときのようすです。動いていなければ、システムの担当の方に知らせてください。
        </p>
      )}
      <section className="kizuna-panel" aria-label="いま">
        {!isOld && (
          <p role="status">
            <strong>
              {waiting.length > 0
                ? `人が見るものが ${waiting.length} 件あります。`
                : '人が見るものはありません。'}
            </strong>
            ({japaneseMoment(at)} のようす)
          </p>
        )}
        {isWhole && <p>{workersWords(status, now)}</p>}
        <p>{contentWords(content)}</p>
      </section>
      <section aria-labelledby="kizuna-operation-towns">
        <h2 className="kizuna-page__subtitle" id="kizuna-operation-towns">
          {dayLabel(date)}の配信
        </h2>
        <table className="kizuna-table kizuna-table--folds">
          <thead>
            <tr>
              <th scope="col">自治体</th>
              <th scope="col">ようす</th>
              <th scope="col">数</th>
            </tr>
          </thead>
          <tbody>
            {[...waiting, ...towns.filter((town) => !needsSomebody(town))].map((town) => (
              <TownRow key={town.code} town={town} {...props} />
            ))}
          </tbody>
        </table>
        {towns.length === 0 && <p>自治体がまだありません。</p>}
        <p className="kizuna-panel__hint">
          「約」の付く数は 10
          通きざみです。「断られた」「分からない」「期限切れ」は、そのままの数です。 「受付済み」は
          LINE やメールの会社が受け取ったことで、読まれたかは分かりません。 月ごとの数は
          <a href={`${admin}/numbers`}>「数字」</a>で見られます。
        </p>
      </section>
      {isWhole && (
        <section aria-labelledby="kizuna-operation-alerts">
          <h2 className="kizuna-page__subtitle" id="kizuna-operation-alerts">
            この 24 時間の注意
          </h2>
          {alerts.length === 0 && <p>ありません。</p>}
          <ul>
            {alerts.map((alert) => (
              <li key={alert.code}>
                {alertWords(alert)} <code>{alert.code}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function needsSomebody({ isResting, lacks, runs }: TownStatus): boolean {
  const isLacking = !isResting && lacks.length > 0
  return isLacking || runs.some((run) => run.state === 'held' || Boolean(run.counts.unknown))
}

function TownRow({ town, now, acts, mayAct }: Omit<ViewProps, 'seen'> & { town: TownStatus }) {
  const { name, runs } = town
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
              <HeldRun
                held={{ run: run.id, heldAt: run.hold.at }}
                asked={askedOf(run, acts)}
                mayAct={mayAct}
              />
            )}
          </div>
        ))}
        {rest === null && runs.length === 0 && <p>きょうの配信は、まだ始まっていません。</p>}
      </td>
      <td>
        {runs.map((run) => (
          <p key={run.id}>{wordsOf(run)}</p>
        ))}
      </td>
    </tr>
  )
}

function askedOf({ id, hold }: RunStatus, acts: readonly RunAct[]): RunActName | null {
  return acts.find(({ run, heldAt }) => run === id && heldAt === hold?.at)?.act ?? null
}

function wordsOf(run: RunStatus): string {
  return countWords(run) || '—'
}
