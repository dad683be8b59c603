'use client'

import type { DefaultCellComponentProps } from 'payload'

import { lastLogInWords } from './accountWords'

/** When somebody was last in, in a list. */
export function LastLogInCell({ cellData }: Pick<DefaultCellComponentProps, 'cellData'>) {
  return <span className="kizuna-instant">{lastLogInWords(cellData)}</span>
}
