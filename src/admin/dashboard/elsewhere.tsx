import type { PayloadRequest } from 'payload'

import { loadWaitingChanges } from '../../municipality/waitingChanges'
import { findAskedWords } from '../../review/inbox/askedTexts'
import { findElsewhere, namesOf, whoseTurn, type OwnTexts } from '../../review/inbox/elsewhere'
import { localDayOf } from '../../stage/day'
import { settingsOf } from '../pages/settingsOf'
import { adminPath, type WidgetProps } from './widgetCard'

/** Something of the person who looks that does not wait for them. */
interface OwnRow {
  key: string
  title: string
  /** Path inside the admin. */
  path: string
  /** Whose turn it is, in words; empty where the heading says it. */
  where: string
}

/** A list of these under a heading. */
export interface OwnList {
  heading: string
  rows: OwnRow[]
  /** How many there are in all. */
  count: number
}

/** What the person who looks has begun or handed on; lists with nothing in them are left out. */
export async function findOwnLists(req: PayloadRequest): Promise<OwnList[]> {
  const settings = settingsOf(req.payload)
  const { asked, unsent, withOthers, requested } = await findElsewhere(req)
  const today = localDayOf(settings.now())
  const askedWords = await findAskedWords(req, requested.texts, { ...settings, today })
  const changes = await loadWaitingChanges(req)
  const own = changes.filter(({ proposedBy }) => proposedBy === String(req.user?.id))
  const texts = listOf('ほかの人の番になっているもの', withOthers, (text) =>
    whoseTurn(text, settings),
  )
  const lists = [
    listOf('直して保存済み・まだ出していない原稿', unsent, () => ''),
    {
      ...texts,
      count: texts.count + own.length,
      rows: [
        ...texts.rows,
        ...own.map(({ id, municipality, title, hasApprover }) => ({
          key: id,
          title,
          path: `/collections/kizuna-municipalities/${municipality}`,
          where: `${hasApprover ? '自治体の承認者' : '監修責任者かシステム管理者'}の確かめを待っています`,
        })),
      ],
    },
    listOf('人に頼んだ監修(返事待ち)', requested, askedWords),
    listOf('修正を依頼した原稿(返事待ち)', asked, ({ askedAs }) =>
      askedAs.length > 0 ? `${namesOf(askedAs, settings.policy)}の修正依頼` : '',
    ),
  ]
  return lists.filter(({ count }) => count > 0)
}

function listOf(
  heading: string,
  { texts, count }: OwnTexts,
  where: (text: OwnTexts['texts'][number]) => string,
): OwnList {
  return {
    heading,
    count,
    rows: texts.map((text) => ({
      key: text.document,
      title: text.title || text.slotLabel,
      path: `/collections/${text.collection}/${text.document}`,
      where: where(text),
    })),
  }
}

/** The same as parts of the home. */
export function OwnLists({ req, lists }: WidgetProps & { lists: readonly OwnList[] }) {
  return lists.map(({ heading, rows, count }) => (
    <div key={heading}>
      <h3 className="kizuna-widget__group">
        {heading} <strong>{count}</strong> 件
      </h3>
      <ul className="kizuna-widget__list">
        {rows.map(({ key, title, path, where }) => (
          <li key={key}>
            <a href={adminPath(req, path)}>{title}</a>
            {where && `(${where})`}
          </li>
        ))}
      </ul>
      {count > rows.length && <p>ほかに {count - rows.length} 件あります。</p>}
    </div>
  ))
}
