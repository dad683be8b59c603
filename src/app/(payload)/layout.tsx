import config from '@payload-config'
import '@payloadcms/next/css'
import { handleServerFunctions, RootLayout } from '@payloadcms/next/layouts'
import type { ServerFunctionClient } from 'payload'
import type { ReactNode } from 'react'

import { limitServerFunction } from '../../cms/requestSize'
import { openServerFunctions } from '../../cms/serverFunctions'
import { importMap } from './admin/importMap.js'

const ask = limitServerFunction(openServerFunctions(handleServerFunctions))

const serverFunction: ServerFunctionClient = async function (args) {
  'use server'
  return ask({ ...args, config, importMap })
}

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <RootLayout config={config} importMap={importMap} serverFunction={serverFunction}>
      {children}
    </RootLayout>
  )
}
