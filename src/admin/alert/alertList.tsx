import type { DeskAlert } from '../../alert/desk'
import { shortMomentLabel } from '../../stage/japaneseDate'
import { AlertActs } from './alertActs'
import { readersSentence, stateSentence } from './alertWords'
import { SendAlert } from './sendAlert'
import { ShownText } from './shownText'

interface ListProps {
  alerts: readonly DeskAlert[]
  /** Those that wait for a second person. */
  isWaiting?: boolean
}

/** Alerts that wait, or that were: what they are, where they stand, and what may be done. */
export function AlertList({ alerts, isWaiting = false }: ListProps) {
  const title = isWaiting ? '確認を待っているもの(2 人目)' : 'これまでのもの'
  if (alerts.length === 0) {
    return isWaiting ? null : (
      <section className="kizuna-panel" aria-label={title}>
        <h3 className="kizuna-panel__title">{title}</h3>
        <p>まだ送ったことがありません。年に 1 回は「訓練」で、2 人で最後までやってみてください。</p>
      </section>
    )
  }
  return (
    <section className="kizuna-panel" aria-label={title}>
      <h3 className="kizuna-panel__title">{title}</h3>
      <ul className="kizuna-alert__list">
        {alerts.map((alert) => (
          <li
            key={alert.id}
            className={`kizuna-alert__item${alert.isTraining ? ' kizuna-alert--training' : ''}`}
          >
            <p className="kizuna-alert__title">
              <b>{alert.title}</b>
              <span>{alert.isTraining ? '訓練' : '本番'}</span>
            </p>
            <p>
              {shortMomentLabel(new Date(alert.askedAt))} {alert.askedByName}さん
              {alert.isCorrection ? '(訂正)' : '(1 人目)'}
              {alert.areas.length > 0 && `・${alert.areas.join('、')}`}
            </p>
            <p>{stateSentence(alert)}</p>
            {alert.isCorrected && <p>訂正を送りました。</p>}
            {alert.shown && (
              <>
                <p>{readersSentence(alert.readers, alert.areas.length > 0)}</p>
                <ShownText shown={alert.shown} />
              </>
            )}
            {alert.can.send && <SendAlert alert={alert} />}
            <AlertActs alert={alert} />
          </li>
        ))}
      </ul>
    </section>
  )
}
