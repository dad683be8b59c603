'use client'

import type { DefaultCellComponentProps } from 'payload'

/** Whether somebody has left, in a list: a word where they have, and nothing for all the others. */
export function HasLeftCell({ cellData }: Pick<DefaultCellComponentProps, 'cellData'>) {
  return cellData === true ? <span className="kizuna-state">停止中</span> : <span>—</span>
}
