import { planMove } from '../../accounts/movePlan'
import { actsFor, type MoveAct } from '../../accounts/moveStage'
import { ACT_WORDS } from '../../accountMoves/actWords'
import type { StoredMove } from '../../accountMoves/stored'
import { MOVE_STAGES } from '../../fields/choices'
import { dayLabel, japaneseMoment } from '../../stage/japaneseDate'
import { MoveActs } from './moveActs'
import { MoveFigures } from './moveFigures'
import { PlanView } from './planView'

/** A move that is not over: where it stands, what can be done, how far it is, and its plan. */
export function OpenMoveView({ move, userId }: { move: StoredMove; userId: string }) {
  const { id, kind, stage, accounts, begin, until, history, figures } = move
  const answers = { from: true, to: true }
  const plan = planMove({ ...accounts, answers, readers: null, begin, until })
  const proposer = history.find(({ act }) => act === 'propose')
  const isOwn = proposer?.by === userId
  const acts = actsFor(stage, kind).filter((act) => act !== 'confirm' || !isOwn)
  return (
    <>
      <section className="kizuna-panel" aria-label="いまの引っ越し">
        <h2 className="kizuna-panel__title">
          {accounts.from.name} → {accounts.to.name}
        </h2>
        <p className="kizuna-moves__stage">
          <strong>{MOVE_STAGES.find(({ value }) => value === stage)?.label}</strong>(
          {dayLabel(until)}まで)
        </p>
        <p>{nextOf(move, isOwn)}</p>
        <MoveActs id={id} kind={kind} acts={acts} />
      </section>
      <MoveFigures figures={figures} kind={kind} />
      {plan && (
        <details className="kizuna-panel" open={stage === 'proposed'}>
          <summary>この引っ越しの計画</summary>
          <PlanView plan={{ ...plan, problems: [] }} />
        </details>
      )}
      <History history={history} />
    </>
  )
}

function nextOf({ stage, kind }: StoredMove, isOwn: boolean): string | undefined {
  if (stage === 'running' && kind === 'sameProvider') return BEFORE_SWITCH
  return NEXT[stage]?.(isOwn)
}

const BEFORE_SWITCH =
  'お知らせを送り、新しいアカウントから届くかを、ひとりずつ LINE に確かめています。文は、まだ前のアカウントから届きます。下の人数を見て、切り替えてください。'

const NEXT: Partial<Record<StoredMove['stage'], (isOwn: boolean) => string>> = {
  proposed: (isOwn) =>
    isOwn
      ? 'ほかの承認者か、監修責任者・システム管理者が確かめるのを待っています。まだ何も起こっていません。'
      : '計画を読んで、よければ「確かめました」を押してください。まだ何も起こっていません。',
  trial: () =>
    '窓口の画面で読者をひらき、「引っ越しの試しに加える」を押した方にだけ、お知らせが届きます。試しがすんだら始めます。',
  running: () => 'まだの方にお知らせを送り、移った方から順に、新しい届け先に届けています。',
  paused: () =>
    'お知らせを止めています。移った方には新しい届け先に、まだの方には前の届け先に届きます。',
  switched: () => '文は新しいアカウントから届いています。終えると、元に戻せなくなります。',
  takingBack: () => '移った方を、前の届け先に戻しています。数分かかります。',
}

/** All that was done, the newest first. */
export function History({ history }: Pick<StoredMove, 'history'>) {
  return (
    <section aria-label="したこと">
      <h3>したこと</h3>
      <ul className="kizuna-moves__history">
        {history.toReversed().map(({ act, at, byName, note }) => (
          <li key={`${at}${act}`}>
            {japaneseMoment(at)} {byName}: {ACT_WORDS[act satisfies MoveAct]}
            {note && `(${note})`}
          </li>
        ))}
      </ul>
    </section>
  )
}
