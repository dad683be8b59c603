import type { PayloadRequest } from 'payload'

import {
  answerSentence,
  answersSince,
  findWithdrawalAnswers,
  type WithdrawalAnswer,
} from '../../review/queries/withdrawalAnswers'
import { japaneseMoment } from '../../stage/japaneseDate'
import { settingsOf } from '../pages/settingsOf'
import { adminPath, type WidgetProps } from './widgetCard'

/** What chiefs did these days about the requests to withdraw of the person who looks. */
export async function findOwnAnswers(req: PayloadRequest): Promise<WithdrawalAnswer[]> {
  const since = answersSince(settingsOf(req.payload).now())
  const answers = await findWithdrawalAnswers(req, since)
  return answers.filter(({ asker }) => asker === String(req.user?.id))
}

/** The same as a part of the home; nothing if there is none. */
export function Answers({ req, answers }: WidgetProps & { answers: readonly WithdrawalAnswer[] }) {
  if (answers.length === 0) return null
  return (
    <>
      <h3 className="kizuna-widget__group">取り下げの依頼への答え</h3>
      <ul className="kizuna-widget__list">
        {answers.map((answer) => (
          <li key={`${answer.id} ${answer.at}`}>
            <a href={adminPath(req, `/collections/${answer.collection}/${answer.id}`)}>
              {answerSentence(answer)}
            </a>
            ({answer.by}さん、{japaneseMoment(answer.at)})
          </li>
        ))}
      </ul>
    </>
  )
}
