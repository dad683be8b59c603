'use client'

import { useConfig } from '@payloadcms/ui'

import { printAddress } from '../../review/inbox/printAddress'

/** The way to texts on paper, each named by `<collection>:<id>`. */
export function PrintLink({ keys }: { keys: readonly string[] }) {
  const { config } = useConfig()
  return (
    <a className="kizuna-button" href={printAddress(config.routes.admin, keys)}>
      {keys.length > 1 ? `${keys.length} 件を決裁用に印刷` : '決裁用に印刷'}
    </a>
  )
}
