import type { AdminViewServerProps, PayloadRequest } from 'payload'

import { municipalityOf } from '../../cms/municipalityOf'
import { findStatus } from '../../watch/kept'
import { mayActOnDeliveries, waitingActs } from '../../watch/acts'
import { hasRole, municipalityIdOf, NUMBERS_PEOPLE } from '../../people/roles'
import { KeepFresh } from '../pages/keepFresh'
import { PageFrame } from '../pages/pageFrame'
import { settingsOf } from '../pages/settingsOf'
import { OperationView } from './operationView'

/** 「配信のようす」: how today's deliveries stand, of all municipalities or of the own one. */
export function OperationPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  return (
    <PageFrame
      view={view}
      title="配信のようす"
      description="きょうの配信が、いまどこまで進んだかを見られます。ひとりでに新しくなります。"
      roles={NUMBERS_PEOPLE}
    >
      {hasRole(req.user, ...NUMBERS_PEOPLE) && <Body req={req} />}
    </PageFrame>
  )
}

async function Body({ req }: { req: PayloadRequest }) {
  const own = municipalityIdOf(req.user)
  const town = own === null ? null : await municipalityOf(own, req)
  const seen = await findStatus(req, town?.code ?? null)
  const now = settingsOf(req.payload).now()
  return (
    <>
      <KeepFresh />
      {seen ? (
        <OperationView
          seen={seen}
          acts={await waitingActs(req)}
          mayAct={mayActOnDeliveries(req.user)}
          now={now}
          admin={req.payload.config.routes.admin}
        />
      ) : (
        <div className="kizuna-panel" role="status">
          <p>
            配信プログラムから、まだ知らせがありません。動きはじめると、30 秒ほどでここに出ます。
          </p>
          <p>
            出ないときは、システムの担当の方に「worker が動いているか」を確かめてもらってください。
          </p>
        </div>
      )}
    </>
  )
}
