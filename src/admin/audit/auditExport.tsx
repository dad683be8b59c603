'use client'

import { useApiAddress } from '../api/useApi'
import './auditExport.css'

/** The audit log as a file for Excel, of some days or of all. */
export function AuditExport() {
  const addressOf = useApiAddress()
  return (
    <form
      className="kizuna-panel kizuna-fill kizuna-export"
      action={addressOf('/kizuna-audit-log/export')}
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
