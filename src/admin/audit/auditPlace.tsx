'use client'

import { useConfig, useForm } from '@payloadcms/ui'
import type { DefaultCellComponentProps } from 'payload'

import { placeOf, type AuditedDocument } from '../../audit/place'
import './auditExport.css'

/** Title of what an entry is about, leading there. */
export function AuditTitleCell({ cellData, rowData }: DefaultCellComponentProps) {
  const title = typeof cellData === 'string' && cellData ? cellData : '(題名なし)'
  return <Way entry={rowData as AuditedDocument}>{title}</Way>
}

/** In an entry: the way to what it is about. */
export function AuditPlace() {
  const { getData } = useForm()
  return (
    <p>
      <Way entry={getData() as AuditedDocument}>この記録の文書を開く</Way>
    </p>
  )
}

function Way({ entry, children }: { entry: AuditedDocument; children: string }) {
  const { config } = useConfig()
  const place = placeOf(entry, config.admin.user)
  if (place === null) return <span>{entry.action === 'delete' ? children : '—'}</span>
  return (
    <a className="kizuna-audit__way" href={`${config.routes.admin}${place}`}>
      {children}
    </a>
  )
}

/** What was changed and why, as a whole: Payload's own cell cuts after some signs. */
export function AuditNoteCell({ cellData }: DefaultCellComponentProps) {
  return <span className="kizuna-audit__note">{String(cellData ?? '') || '—'}</span>
}
