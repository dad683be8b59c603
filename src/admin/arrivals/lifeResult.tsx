import { lifeRows } from '../../arrivals/lifeRows'
import { loadMunicipality } from '../../arrivals/municipality'
import { addDays } from '../../stage/day'
import { hasRole } from '../../people/roles'
import { LifeTimeline } from './lifeTimeline'
import type { ResultProps } from './arrivalsPage'

/** The texts of one invented child's whole life. */
export async function LifeResult({ req, question, municipality, address }: ResultProps) {
  const { due, birth, area, relation, isTwins, isCorrected, channel, date } = question
  if (!due && !birth) return <Empty address={address} today={date} />
  const loaded = await loadMunicipality(req, municipality.id)
  if (!loaded) return null
  const edition = municipality.editions.includes(question.edition)
    ? question.edition
    : (municipality.editions[0] ?? '')
  const family = {
    edition,
    area: area || null,
    ...(relation && { relation }),
    isTwins,
    isCorrected,
    channel: channel || municipality.channels[0] || 'mail',
  }
  const dates = { ...(due && { dueDate: due }), ...(birth && { birthDate: birth }) }
  const rows = lifeRows(loaded, { dates, family })
  const query = { municipality: municipality.id, edition, area, relation, isTwins, isCorrected }
  return (
    <>
      {!birth && (
        <p role="note">
          誕生日が入っていないので、出生の登録がないまま(42週0日の確認まで)の家族として計算しました。
        </p>
      )}
      {!due && (
        <p role="note">
          出産予定日が入っていないので、生まれてから登録した家族として計算しました。
        </p>
      )}
      <LifeTimeline
        rows={rows}
        query={query}
        channel={channel}
        canWrite={hasRole(req.user, 'editor')}
      />
    </>
  )
}

function Empty({ address, today }: Pick<ResultProps, 'address'> & { today: string }) {
  return (
    <section className="kizuna-panel">
      <p>
        架空の子の出産予定日か誕生日を入れて「見る」を押すと、妊娠中から就学までに届くものが、届く順に並びます。両方を入れると、はじめから終わりまで続けて見られます。
      </p>
      <p>
        <a href={address({ due: addDays(today, 200), birth: addDays(today, 198) })}>
          これから生まれる子の例を見る
        </a>
      </p>
    </section>
  )
}
