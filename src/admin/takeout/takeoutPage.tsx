import type { AdminViewServerProps, PayloadRequest } from 'payload'

import { NO_COUNTER } from '../../counter/entrance'
import { findTowns, type Town } from '../../municipality/findTowns'
import { hasRole, municipalityIdOf, TAKEOUT_PEOPLE } from '../../people/roles'
import { PageFrame } from '../pages/pageFrame'
import { settingsOf } from '../pages/settingsOf'
import { TownChoice } from '../pages/townChoice'

/** 「すべてを持ち出す」: the way to the page of the delivery half that gives a municipality's archive. */
export function TakeoutPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  return (
    <PageFrame
      view={view}
      title="すべてを持ち出す"
      description="ほかのしくみに移るときや、手元に控えておくときに、この自治体のものをすべて、暗号化した 1 つのファイル(ZIP)で受け取ります。読者の連絡先は管理画面にはないので、別の画面(配信のしくみの画面)が開き、30 分で閉じます。"
      roles={TAKEOUT_PEOPLE}
    >
      {hasRole(req.user, ...TAKEOUT_PEOPLE) && (
        <Body req={req} asked={view.searchParams?.municipality} />
      )}
    </PageFrame>
  )
}

async function Body({ req, asked }: { req: PayloadRequest; asked: unknown }) {
  const { publicUrl, ring } = settingsOf(req.payload)
  if (!publicUrl || !ring) return <p role="alert">{NO_COUNTER}</p>
  const { admin, api } = req.payload.config.routes
  const own = hasRole(req.user, 'admin') ? asked : municipalityIdOf(req.user)
  const towns = await findTowns(req, typeof own === 'string' ? own : '')
  const [town] = towns
  if (!town) return <p role="alert">この自治体は見つからないか、見る権限がありません。</p>
  if (towns.length > 1) return <TownChoice towns={towns} path={`${admin}/takeout`} action="選ぶ" />
  return <Way town={town} api={api} />
}

function Way({ town: { id, name }, api }: { town: Town; api: string }) {
  return (
    <section className="kizuna-panel" aria-label={name}>
      <h2 className="kizuna-page__subtitle">中に入るもの</h2>
      <ul>
        <li>読者(同意・連絡先・希望)と、お子さんの日付</li>
        <li>配信の記録と、送った文面</li>
        <li>月と日の数字、分母、きっかけ、交付金の報告</li>
        <li>自治体原稿と、その承認・コメント・前の版、画像</li>
        <li>アンケートと結果、読者の声、緊急のお知らせの記録</li>
        <li>項目の説明(表計算ソフトで開けます)</li>
      </ul>
      <p>
        LINE アカウントの鍵、監修チームの原稿、答えを集めている途中のアンケートの答えは入りません。
      </p>
      <h2 className="kizuna-page__subtitle">ほかの kizuna に移るとき</h2>
      <ol>
        <li>
          システム管理者に頼んで配信をお休みにし、その日の配信も LINE
          アカウントの引っ越しも終わるのを待ちます。
        </li>
        <li>ここでファイルを受け取り、移った先のシステム管理者に渡します。</li>
        <li>
          移った先では、配信の記録もそのまま引き継がれます。もう届いた文が、二度届くことはありません。
        </li>
      </ol>
      <form method="post" action={`${api}/takeout/${id}/entrance`} target="_blank">
        <button type="submit" className="btn btn--style-primary btn--size-medium">
          {name}のすべてを持ち出す(新しいタブ)
        </button>
        <p className="kizuna-panel__hint">
          読者の個人情報が入ります。だれがいつひらいたかは、システム管理者が見られる「操作の記録」に残ります。
        </p>
      </form>
    </section>
  )
}
