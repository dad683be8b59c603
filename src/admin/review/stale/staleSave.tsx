'use client'

import {
  Button,
  useAllFormFields,
  useDocumentInfo,
  useFormProcessing,
  useFormSubmitted,
} from '@payloadcms/ui'
import { reduceFieldsToValues } from 'payload/shared'
import { useEffect, useRef, useState } from 'react'

import type { UnsavedComparison } from '../../../review/inbox/unsavedComparison'
import { useApi } from '../../api/useApi'
import { SideBySide } from './sideBySide'
import { useToldInstead } from './useToldInstead'

/**
 * After a save that came too late, or as soon as Payload sees that one will: what somebody else saved
 * beside what is typed here. Nothing typed is lost; who has read the other version says so and saves
 * over it.
 */
export function StaleSave() {
  const [fields, dispatchFields] = useAllFormFields()
  const { collectionSlug, id } = useDocumentInfo()
  const isProcessing = useFormProcessing()
  const wasSubmitted = useFormSubmitted()
  const { ask } = useApi()
  const wasTold = useToldInstead()
  const [other, setOther] = useState<UnsavedComparison | null>(null)
  const current = useRef(fields)
  current.current = fields
  const openedAt = instantOf(fields.updatedAt?.value)
  useEffect(() => {
    if (!(wasSubmitted || wasTold) || isProcessing || id === undefined) return
    const typed = reduceFieldsToValues(current.current, true)
    void ask<UnsavedComparison>(`/${collectionSlug}/${id}/unsaved`, { body: { typed } }).then(
      (answer) => {
        if (answer.isDone) setOther(answer.body)
      },
    )
  }, [ask, collectionSlug, id, isProcessing, openedAt, wasSubmitted, wasTold])
  if (other === null || openedAt === null || openedAt >= (instantOf(other.updatedAt) ?? 0))
    return null
  const takeAsRead = () => {
    dispatchFields({ type: 'UPDATE', path: 'updatedAt', value: other.updatedAt })
  }
  return (
    <section
      className="kizuna-panel kizuna-stale"
      role="alert"
      aria-label="開いたあとで保存された内容"
    >
      <h2 className="kizuna-panel__title">
        あなたが開いたあとで、{other.savedBy} {other.savedAt} に保存しています。
      </h2>
      <p>
        あなたの直しは、まだ保存していません。書いたものは、この画面に残っています。「いま保存されている内容」を読み、要るところを書き写してから、「読みました」を押して、もう一度保存してください。
      </p>
      {other.changes.length === 0 && <p>いま保存されている内容と、この画面の内容は同じです。</p>}
      <SideBySide
        changes={other.changes}
        before="いま保存されている内容"
        after="この画面に書いた内容"
      />
      <div className="kizuna-actions">
        <Button margin={false} onClick={takeAsRead}>
          読みました。この画面の内容で保存できるようにする
        </Button>
      </div>
    </section>
  )
}

function instantOf(value: unknown): number | null {
  const at = new Date(String(value ?? '')).getTime()
  return Number.isNaN(at) ? null : at
}
