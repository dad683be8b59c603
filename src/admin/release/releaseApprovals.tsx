'use client'

import { useField } from '@payloadcms/ui'
import type { DefaultCellComponentProps, JSONFieldClientProps } from 'payload'

import { StoredFrame } from '../stored/storedFrame'
import { approvalLines } from './approvalNames'
import './release.css'

/** Who approved a release, as what, and when. */
export function ReleaseApprovals({ field, path }: JSONFieldClientProps) {
  const { value } = useField<unknown>({ path })
  const lines = approvalLines(value)
  return (
    <StoredFrame field={field} path={path}>
      {lines.length === 0 ? (
        <p>承認の記録はありません。</p>
      ) : (
        <ul className="kizuna-approvals">
          {lines.map(({ key, discipline, name, at }) => (
            <li key={key}>
              <strong>{name}</strong>
              <span>{discipline}として</span>
              <span>{at}</span>
            </li>
          ))}
        </ul>
      )}
    </StoredFrame>
  )
}

/** Who approved a release, in a list. */
export function ReleaseApprovalsCell({ cellData }: Pick<DefaultCellComponentProps, 'cellData'>) {
  const lines = approvalLines(cellData)
  if (lines.length === 0) return <span>—</span>
  return (
    <ul className="kizuna-approvals kizuna-approvals--cell">
      {lines.map(({ key, discipline, name }) => (
        <li key={key}>
          {name}({discipline})
        </li>
      ))}
    </ul>
  )
}
