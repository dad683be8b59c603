import type { PayloadRequest } from 'payload'

import { loadWaitingChanges } from '../../municipality/waitingChanges'
import { elsewhereOf } from '../../review/inbox/elsewhere'
import { loadAll } from '../../review/inbox/reviewQueue'
import { settingsOf } from '../pages/settingsOf'
import { adminPath, type WidgetProps } from './widgetCard'

/** Something of the person who looks that waits for somebody else. */
export interface WaitingElsewhere {
  key: string
  title: string
  /** Path inside the admin. */
  path: string
  /** Whose turn it is, in words. */
  where: string
}

/** Rows of the list on the home. */
const SHOWN = 5

/** What the person who looks handed in or proposed, as long as others have to act on it. */
export async function findElsewhere(req: PayloadRequest): Promise<WaitingElsewhere[]> {
  const settings = settingsOf(req.payload)
  const texts = elsewhereOf(req.user, await loadAll(req, settings), settings.policy)
  const changes = await loadWaitingChanges(req)
  const own = changes.filter(({ proposedBy }) => proposedBy === String(req.user?.id))
  return [
    ...texts.map(({ summary: { collection, id, title, slotLabel }, where }) => ({
      where,
      key: id,
      title: title || slotLabel,
      path: `/collections/${collection}/${id}`,
    })),
    ...own.map(({ id, municipality, title, hasApprover }) => ({
      key: id,
      title,
      path: `/collections/municipalities/${municipality}`,
      where: `${hasApprover ? '自治体の承認者' : '監修責任者かシステム管理者'}の確かめを待っています`,
    })),
  ]
}

/** The same as a part of the home; nothing if there is none. */
export function Elsewhere({
  req,
  waiting,
}: WidgetProps & { waiting: readonly WaitingElsewhere[] }) {
  if (waiting.length === 0) return null
  return (
    <>
      <h3 className="kizuna-widget__group">
        ほかの人の番になっているもの <strong>{waiting.length}</strong> 件
      </h3>
      <ul className="kizuna-widget__list">
        {waiting.slice(0, SHOWN).map(({ key, title, path, where }) => (
          <li key={key}>
            <a href={adminPath(req, path)}>{title}</a>({where})
          </li>
        ))}
      </ul>
      {waiting.length > SHOWN && <p>ほかに {waiting.length - SHOWN} 件あります。</p>}
    </>
  )
}
