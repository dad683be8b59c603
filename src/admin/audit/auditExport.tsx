'use client'

import { useConfig } from '@payloadcms/ui'

import './auditExport.css'

/** The audit log as a file for Excel, of some days or of all. */
export function AuditExport() {
  const { config } = useConfig()
  const action = `${config.serverURL}${config.routes.api}/audit-log/export`
  return (
    <form
      className="kizuna-panel kizuna-fill kizuna-export"
      action={action}
      aria-label="操作の記録の書き出し"
    >
      <label>
        ここから
        <input type="date" name="from" />
      </label>
      <label>
        ここまで
        <input type="date" name="to" />
      </label>
      <button type="submit" className="btn btn--style-secondary btn--size-medium">
        CSV で書き出す
      </button>
      <p className="kizuna-panel__hint">
        Excel で開けるファイルです。日付を選ばないと、すべての記録を書き出します。
      </p>
    </form>
  )
}
