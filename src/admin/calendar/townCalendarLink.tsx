'use client'

import { useConfig, useDocumentInfo } from '@payloadcms/ui'

/** The way from a municipality's form to its calendar; nothing while it is new. */
export function TownCalendarLink() {
  const { id } = useDocumentInfo()
  const { config } = useConfig()
  if (id === undefined) return null
  return (
    <p className="kizuna-calendar-month kizuna-calendar-link">
      <a className="kizuna-button" href={`${config.routes.admin}/calendar?municipality=${id}`}>
        配信カレンダーを見る
      </a>
    </p>
  )
}
