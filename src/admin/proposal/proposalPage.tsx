import type { AdminViewServerProps } from 'payload'

import { hasRole } from '../../people/roles'
import { japaneseDayOf } from '../../stage/japaneseDate'
import { listProposals, type Proposal } from '../../proposal/list'
import { PageFrame } from '../pages/pageFrame'
import { settingsOf } from '../pages/settingsOf'
import { ProposalForm } from './proposalForm'

const ROLES = ['contributor', 'municipal-editor', 'municipal-approver'] as const

/** Proposals of picture books and groups: a contributor's own, or those a municipality got. */
export async function ProposalPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  const settings = settingsOf(req.payload)
  const isContributor = hasRole(req.user, 'contributor')
  const proposals = hasRole(req.user, ...ROLES) ? await listProposals(req, settings) : []
  const { admin } = req.payload.config.routes
  return (
    <PageFrame
      view={view}
      title={isContributor ? '絵本・団体の提案' : '協力団体からの提案'}
      description={
        isContributor
          ? '絵本や子育てひろばを、月齢に合わせて提案できます。自治体の担当者が読んで、採用すると家庭に届きます。'
          : '地域の協力団体からの提案です。開いて「採用する」か「見送る」を選びます。'
      }
      roles={ROLES}
    >
      {isContributor && <ProposalForm topics={settings.policy.topics.map(({ code }) => code)} />}
      <h2 className="kizuna-page__subtitle">{isContributor ? 'あなたの提案' : '届いた提案'}</h2>
      {proposals.length === 0 ? (
        <p>
          {isContributor
            ? 'まだありません。上の欄に書いて「提案する」を押してください。'
            : 'まだありません。協力団体が提案すると、ここに並びます。'}
        </p>
      ) : (
        <ul className="kizuna-proposals">
          {proposals.map((proposal) => (
            <Row key={proposal.id} proposal={proposal} admin={admin} />
          ))}
        </ul>
      )}
    </PageFrame>
  )
}

function Row({ proposal, admin }: { proposal: Proposal; admin: string }) {
  const { id, title, stage, state, reason, by, createdAt } = proposal
  return (
    <li>
      <span className="kizuna-state">{state.label}</span>
      <a href={`${admin}/collections/kizuna-add-ons/${id}`}>{title}</a>
      <span className="kizuna-panel__hint">
        {stage} / {japaneseDayOf(createdAt)}
        {by && ` / ${by}`}
      </span>
      {reason && <p className="kizuna-proposals__reason">見送りの理由: {reason}</p>}
    </li>
  )
}
