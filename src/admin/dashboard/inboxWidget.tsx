import type { PayloadRequest } from 'payload'

import { MOVE_PEOPLE } from '../../accountMoves/rights'
import { findMovesToConfirm } from '../../accountMoves/stored'
import { countToSend } from '../../alert/find'
import { countWaitingSurveys } from '../../questionnaire/waiting'
import { ALERT_PEOPLE, hasRole, type Role } from '../../people/roles'
import { askedOfMe } from '../../review/inbox/askedTexts'
import { askedDay, findWaiting, type WaitingState } from '../../review/inbox/waitingStates'
import { findMentions } from '../../review/inbox/mentions'
import { namesOf } from '../../review/inbox/elsewhere'
import type { WaitingPart } from '../../review/queries/textState'
import { loadWaitingChanges, waitsFor } from '../../municipality/waitingChanges'
import { listProposals } from '../../proposal/list'
import { countAsking } from '../../voice/voices'
import { WaitingChanges } from '../municipality/waitingChanges'
import type { ReviewPolicy } from '../../review/rules/policy'
import { localDayOf } from '../../stage/day'
import { settingsOf } from '../pages/settingsOf'
import { ScheduledTexts } from '../review/scheduledTexts'
import { Answers, findOwnAnswers } from './answers'
import { DocumentList } from './documentList'
import { findOwnLists, OwnLists } from './elsewhere'
import { adminPath, WidgetCard, type WidgetProps } from './widgetCard'

/** What waits for the person who looks, with the way there. */
export function InboxWidget({ req }: WidgetProps) {
  return (
    <WidgetCard title="あなたを待っているもの">
      <Own req={req} />
    </WidgetCard>
  )
}

/** The list of the voices that ask for help and that nobody has read. */
const ASKING =
  '/collections/kizuna-voices?where[or][0][and][0][asksForHelp][equals]=true&where[or][0][and][1][isRead][equals]=false'

/** The parts of the desk in its order and words, and where one acts on what is in them. */
const LISTS = [
  { name: 'toPublish', label: '公開できる原稿', opens: '/desk', place: '/desk#to-publish' },
  { name: 'toReview', label: '監修する原稿', opens: '/desk', place: '/desk#to-review' },
  { name: 'toRevise', label: '直す原稿', opens: '/collections', place: '/desk#to-revise' },
] as const satisfies readonly { name: WaitingPart; label: string; opens: string; place: string }[]

async function Own({ req }: WidgetProps) {
  const { policy, now } = settingsOf(req.payload)
  const today = localDayOf(now())
  const saidOf = (part: WaitingPart, text: WaitingState): string => {
    if (part === 'toRevise') return whatCameBack(text, policy)
    return part === 'toReview' ? (askedOfMe(askedDay(req.user, text), today)?.words ?? '') : ''
  }
  const waiting = await findWaiting(req, { now })
  const lists = LISTS.filter(({ name }) => waiting[name].count > 0)
  const changes = (await loadWaitingChanges(req)).filter((change) => waitsFor(req.user, change))
  const proposals = await countProposals(req)
  const called = await findMentions(req)
  const asking = await countAsking(req)
  const asked = await ofOtherPages(req)
  const urgent = hasRole(req.user, ...ALERT_PEOPLE) ? await countToSend(req, now()) : 0
  const isQuiet = [
    called.count,
    lists.length,
    changes.length,
    proposals,
    asking,
    urgent,
    asked.length,
  ].every((count) => count === 0)
  return (
    <>
      {isQuiet && <Empty req={req} />}
      {urgent > 0 && (
        <h3 className="kizuna-widget__group">
          <a href={adminPath(req, '/alerts')}>
            緊急のお知らせの確認 <strong>{urgent}</strong> 件(60 分で送れなくなります)
          </a>
        </h3>
      )}
      {asked.map(({ label, path, count }) => (
        <h3 key={label} className="kizuna-widget__group">
          <a href={adminPath(req, path)}>
            {label} <strong>{count}</strong> 件
          </a>
        </h3>
      ))}
      {asking > 0 && (
        <h3 className="kizuna-widget__group">
          <a href={adminPath(req, ASKING)}>
            相談かもしれない読者の声 <strong>{asking}</strong> 件
          </a>
        </h3>
      )}
      <ScheduledTexts req={req} />
      {called.count > 0 && (
        <>
          <h3 className="kizuna-widget__group">
            コメントであなたに呼びかけ <strong>{called.count}</strong> 件
          </h3>
          <DocumentList
            req={req}
            documents={called.texts.map((text) => ({ ...text, id: text.document }))}
            count={called.count}
            opens="/desk"
          />
        </>
      )}
      <WaitingChanges changes={changes} admin={req.payload.config.routes.admin} />
      {lists.map(({ name, label, opens, place }) => (
        <div key={name}>
          <h3 className="kizuna-widget__group">
            <a href={adminPath(req, place)}>
              {label} <strong>{waiting[name].count}</strong> 件
            </a>
          </h3>
          <DocumentList
            req={req}
            documents={waiting[name].texts.map((text) => ({
              ...text,
              id: text.document,
              said: saidOf(name, text),
            }))}
            count={waiting[name].count}
            opens={opens}
          />
        </div>
      ))}
      {proposals > 0 && (
        <h3 className="kizuna-widget__group">
          <a href={adminPath(req, '/proposals')}>
            返事をする提案 <strong>{proposals}</strong> 件
          </a>
        </h3>
      )}
      <Answers req={req} answers={await findOwnAnswers(req)} />
      <OwnLists req={req} lists={await findOwnLists(req)} />
    </>
  )
}

/** What waits on pages of its own, where it is acted on. */
async function ofOtherPages(req: PayloadRequest) {
  const { toApprove, toRevise } = await countWaitingSurveys(req)
  const moves = hasRole(req.user, ...MOVE_PEOPLE) ? (await findMovesToConfirm(req)).length : 0
  return [
    { label: '承認を待っているアンケート', path: '/surveys', count: toApprove },
    { label: '直すアンケート', path: '/surveys', count: toRevise },
    { label: '確認を待っているアカウントの引っ越し', path: '/account-moves', count: moves },
  ].filter(({ count }) => count > 0)
}

/** Who wants what of a text that came back: 「助産の修正依頼」, or that somebody said something. */
function whatCameBack({ askedAs, openComments }: WaitingState, policy: ReviewPolicy): string {
  return [
    ...(askedAs.length > 0 ? [`${namesOf(askedAs, policy)}の修正依頼`] : []),
    ...(openComments > 0 ? [`コメント ${openComments} 件`] : []),
  ].join('、')
}

/** Proposals of contributors that wait for the person's answer. */
async function countProposals(req: PayloadRequest): Promise<number> {
  if (!hasRole(req.user, 'municipal-editor')) return 0
  const proposals = await listProposals(req, settingsOf(req.payload))
  return proposals.filter(({ state }) => state.code === 'proposed').length
}

/** Why nothing may be there, for the role that decides what a person does here. */
const QUIET: readonly { roles: readonly Role[]; sentence: string }[] = [
  {
    roles: ['reviewer', 'chief', 'municipal-approver'],
    sentence: 'あなたの承認が要る原稿が監修に出されると、ここに並びます。',
  },
  {
    roles: ['editor', 'municipal-editor'],
    sentence: 'あなたが監修に出した原稿に修正依頼やコメントが来ると、ここに並びます。',
  },
]

function Empty({ req }: { req: PayloadRequest }) {
  const sentences = QUIET.filter(({ roles }) => hasRole(req.user, ...roles))
  return (
    <p>
      いま、あなたを待っている原稿はありません。
      {sentences.map(({ sentence }) => sentence)}
    </p>
  )
}
