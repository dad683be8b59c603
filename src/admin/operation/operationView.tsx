import { backupWords } from '../../operation/backupWords'
import { lineWords, troubleWords } from '../../operation/lineWords'
import type { TownStatus } from '../../operation/status'
import { LOOKED_AT_BY_HAND } from '../../operation/webhookTest'
import { alertWords, contentWords, workersWords } from '../../operation/words'
import { dayLabel, japaneseMoment } from '../../stage/japaneseDate'
import { HaltRow } from './haltRow'
import { scopesToStop } from './scopesToStop'
import { StopForm } from './stopForm'
import { TownRow } from './townRow'
import type { ViewProps } from './viewProps'

/** The worker tells twice a minute: what is older says that it does not. */
const OLD_AFTER_MS = 2 * 60_000

/** What needs a person first, then each municipality's day. */
export function OperationView(props: ViewProps) {
  const { seen, now, admin, mayAct } = props
  const { status, isWhole } = seen
  const { at, date, towns, alerts, content } = status
  const isOld = now.getTime() - Date.parse(at) > OLD_AFTER_MS
  const waiting = towns.filter(needsSomebody)
  const count = waiting.length + status.halts.length
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
              {count > 0 ? `人が見るものが ${count} 件あります。` : '人が見るものはありません。'}
            </strong>
            ({japaneseMoment(at)} のようす)
          </p>
        )}
        {isWhole && <p>{workersWords(status, now)}</p>}
        <p>{contentWords(content)}</p>
        {isWhole && <p>{backupWords(status)}</p>}
        {status.halts.map((halt) => (
          <HaltRow key={halt.scope} halt={halt} {...props} />
        ))}
        {mayAct && <StopForm scopes={scopesToStop(seen)} />}
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
      {status.lines.length > 0 && (
        <section aria-labelledby="kizuna-operation-lines">
          <h2 className="kizuna-page__subtitle" id="kizuna-operation-lines">
            LINE アカウント
          </h2>
          <ul className="kizuna-operation__lines">
            {status.lines.map((line) => (
              <li key={line.id}>
                <strong>{line.name}</strong>: {lineWords(line)}
                {troubleWords(line).map((words) => (
                  <p key={words} role="status">
                    {words}
                  </p>
                ))}
              </li>
            ))}
          </ul>
          <p className="kizuna-panel__hint">
            1 時間ごとに LINE に聞き、LINE からこちらに知らせが届くかを試します。LINE
            の数は次の日に分かり、ブロックした人を数えません。{LOOKED_AT_BY_HAND}。
          </p>
        </section>
      )}
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

function needsSomebody({ isResting, lacks, runs, unknown }: TownStatus): boolean {
  const isLacking = !isResting && lacks.length > 0
  return isLacking || unknown.count > 0 || runs.some(({ state }) => state === 'held')
}
