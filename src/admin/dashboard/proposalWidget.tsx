import { hasRole } from '../../people/roles'
import { listProposals, type Proposal } from '../../proposal/list'
import { settingsOf } from '../pages/settingsOf'
import { adminPath, WidgetCard, type WidgetProps } from './widgetCard'
import { DocumentList } from './documentList'

/** What a contributor proposed, or what a municipal editor has still to read. */
export function ProposalWidget({ req }: WidgetProps) {
  const isReading = hasRole(req.user, 'municipal-editor')
  return (
    <WidgetCard title={isReading ? '協力団体の提案' : 'あなたの提案'}>
      {isReading ? <Arrived req={req} /> : <Own req={req} />}
    </WidgetCard>
  )
}

async function Arrived({ req }: WidgetProps) {
  const proposals = await listProposals(req, settingsOf(req.payload))
  const open = proposals.filter(({ state }) => state.code === 'proposed')
  return (
    <>
      {open.length === 0 ? (
        <p>返事を待っている提案はありません。協力団体が提案すると、ここに並びます。</p>
      ) : (
        <DocumentList
          req={req}
          documents={open.map(asDocument)}
          count={open.length}
          opens="/collections"
        />
      )}
      <p>
        <a href={adminPath(req, '/proposals')}>届いた提案を見る</a>
      </p>
    </>
  )
}

async function Own({ req }: WidgetProps) {
  const proposals = await listProposals(req, settingsOf(req.payload))
  if (proposals.length === 0) {
    return (
      <p>
        まだありません。<a href={adminPath(req, '/proposals')}>絵本や子育てひろばを提案する</a>
      </p>
    )
  }
  const labels = [...new Set(proposals.map(({ state }) => state.label))]
  return (
    <>
      <dl className="kizuna-widget__numbers">
        {labels.map((label) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <a href={adminPath(req, '/proposals')}>
                {proposals.filter(({ state }) => state.label === label).length} 件
              </a>
            </dd>
          </div>
        ))}
      </dl>
      <p>
        <a href={adminPath(req, '/proposals')}>その後を見る・新しく提案する</a>
      </p>
    </>
  )
}

function asDocument({ id, title, stage }: Proposal) {
  return { collection: 'kizuna-add-ons' as const, id, title, slotLabel: stage }
}
