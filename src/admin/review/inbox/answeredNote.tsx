import type { AnsweredRequest } from '../../../review/inbox/answeredRequests'
import { aroundChanges } from '../../../review/rules/difference'
import { japaneseDayOf } from '../../../stage/japaneseDate'
import { Marked } from './marked'

/** What was asked to be changed, and what changed until the text was handed in again. */
export function AnsweredNote({ requests }: { requests: readonly AnsweredRequest[] }) {
  if (requests.length === 0) return null
  return (
    <section className="kizuna-answered" aria-label="前の修正依頼">
      {requests.map((request) => (
        <Answered key={`${request.at} ${request.about}`} request={request} />
      ))}
    </section>
  )
}

function Answered({ request }: { request: AnsweredRequest }) {
  const { by, isOwn, about, comment, at, answeredAt, changes } = request
  return (
    <>
      <h3 className="kizuna-field__label">
        {isOwn ? 'あなた' : `${by}さん`}の修正依頼
        {about && `(${about})`}: {japaneseDayOf(at)}
      </h3>
      <p className="kizuna-words__text">{comment}</p>
      <p className="kizuna-panel__hint">
        {japaneseDayOf(answeredAt)}
        に、もう一度監修に出されました。この依頼は、もう公開を止めません。
        {changes.length > 0 ? 'そのときから変わったところ:' : '文章は、そのときと同じです。'}
      </p>
      {changes.map(({ path, label, parts }) => (
        <p key={`${path} ${label}`} className="kizuna-field__text">
          <span className="kizuna-answered__label">{label}</span>{' '}
          <Marked parts={aroundChanges(parts)} />
        </p>
      ))}
    </>
  )
}
