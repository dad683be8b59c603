import type { AdminViewServerProps, PayloadRequest } from 'payload'

import { loadNumbers } from '../../numbers/load'
import { hasRole, MUNICIPAL, NUMBERS_PEOPLE } from '../../people/roles'
import { PageFrame } from '../pages/pageFrame'
import { settingsOf } from '../pages/settingsOf'
import { NumbersView } from './numbersView'

/** 「数字」: what a town decides with, of its own or of all. */
export function NumbersPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  return (
    <PageFrame
      view={view}
      title="数字"
      description="登録や配信の数を、自治体ごと、期間ごとに見られます。月が終わってから、その月の数が出ます。出した数は、あとから変わりません。"
      roles={NUMBERS_PEOPLE}
    >
      {hasRole(req.user, ...NUMBERS_PEOPLE) && <Body req={req} params={view.searchParams ?? {}} />}
    </PageFrame>
  )
}

interface BodyProps {
  req: PayloadRequest
  params: Readonly<Record<string, unknown>>
}

async function Body({ req, params }: BodyProps) {
  const settings = settingsOf(req.payload)
  const { admin, api } = req.payload.config.routes
  const word = (name: string) => (typeof params[name] === 'string' ? params[name] : undefined)
  const question = { municipality: word('municipality'), period: word('period') }
  const numbers = await loadNumbers(req, question, settings)
  if (!numbers) return <NoTown isAsked={Boolean(question.municipality)} path={`${admin}/numbers`} />
  return (
    <NumbersView
      numbers={numbers}
      now={settings.now()}
      admin={admin}
      api={api}
      canType={hasRole(req.user, ...MUNICIPAL)}
      toType={word('enter')}
    />
  )
}

function NoTown({ isAsked, path }: { isAsked: boolean; path: string }) {
  return isAsked ? (
    <div className="kizuna-panel" role="alert">
      <p>この自治体は見つからないか、見る権限がありません。</p>
      <p>
        <a href={path}>数字をはじめから開く</a>
      </p>
    </div>
  ) : (
    <p className="kizuna-panel">
      自治体がまだありません。まず、システム管理者が「自治体」で配信元になる自治体を登録してください。登録して配信が始まると、月が終わるごとにここに数が出ます。
    </p>
  )
}
