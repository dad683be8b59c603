'use client'

import { useConfig, useDocumentInfo } from '@payloadcms/ui'

/** From the form of a report to its table with the results. */
export function FundingTableLink() {
  const { id } = useDocumentInfo()
  const { config } = useConfig()
  if (!id) return null
  return (
    <p>
      <a
        className="kizuna-button"
        href={`${config.routes.admin}/funding?report=${encodeURIComponent(String(id))}`}
      >
        計画と実績の表を見る
      </a>
      <br />
      保存してから開いてください。
    </p>
  )
}
