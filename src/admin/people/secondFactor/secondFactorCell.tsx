'use client'

import type { DefaultCellComponentProps } from 'payload'

/** Whether somebody has a second factor, in a list. */
export function SecondFactorCell({ cellData }: Pick<DefaultCellComponentProps, 'cellData'>) {
  return <span>{cellData ? 'あり' : '—'}</span>
}
