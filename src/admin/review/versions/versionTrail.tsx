'use client'

import { useConfig, useStepNav } from '@payloadcms/ui'
import { useEffect } from 'react'

interface TrailProps {
  collection: string
  id: string
  title: string
  /** The version in words; left out on the list of them. */
  name?: string
}

/** Says above the page where it is: list, document, its versions, this one. */
export function VersionTrail({ collection, id, title, name }: TrailProps) {
  const { setStepNav } = useStepNav()
  const { config, getEntityConfig } = useConfig()
  const plural = getEntityConfig({ collectionSlug: collection })?.labels?.plural
  const list = `${config.routes.admin}/collections/${collection}`
  useEffect(() => {
    setStepNav([
      { label: String(plural), url: list },
      { label: title, url: `${list}/${id}` },
      ...(name
        ? [{ label: '履歴', url: `${list}/${id}/versions` }, { label: name }]
        : [{ label: '履歴' }]),
    ])
  }, [setStepNav, plural, list, id, title, name])
  return null
}
