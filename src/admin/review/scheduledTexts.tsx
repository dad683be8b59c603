import type { PayloadRequest } from 'payload'

import { findScheduled } from '../../review/inbox/scheduled'
import { scheduleWords } from '../../review/rules/schedule'
import { DocumentList } from '../dashboard/documentList'

/** What was not published at its time, and what is to come; nothing where there is neither. */
export async function ScheduledTexts({ req }: { req: PayloadRequest }) {
  const { coming, refused } = await findScheduled(req)
  return (
    <>
      {refused.count > 0 && (
        <div className="kizuna-refused" role="alert">
          <h3 className="kizuna-widget__group">
            予約した公開ができませんでした <strong>{refused.count}</strong> 件
          </h3>
          <DocumentList
            req={req}
            documents={refused.texts.map((text) => ({
              ...text,
              id: text.document,
              said: text.scheduleRefusal,
            }))}
            count={refused.count}
            opens="/collections"
          />
        </div>
      )}
      {coming.count > 0 && (
        <>
          <h3 className="kizuna-widget__group">
            公開を予約した原稿 <strong>{coming.count}</strong> 件
          </h3>
          <DocumentList
            req={req}
            documents={coming.texts.map((text) => ({
              ...text,
              id: text.document,
              said: scheduleWords(text.publishAt),
            }))}
            count={coming.count}
            opens="/desk"
          />
        </>
      )}
    </>
  )
}
