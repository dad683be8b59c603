'use client'

import { useModal } from '@payloadcms/ui'
import { useEffect, useState } from 'react'

/** Payload's own dialog, which only offers to read the page again: what was typed would be gone. */
const PAYLOADS_DIALOG = 'document-stale-data'

/** Whether Payload has noticed another version; its dialog is closed again. */
export function useToldInstead(): boolean {
  const { closeModal, isModalOpen } = useModal()
  const [wasTold, setTold] = useState(false)
  const isOpen = isModalOpen(PAYLOADS_DIALOG)
  useEffect(() => {
    if (!isOpen) return
    closeModal(PAYLOADS_DIALOG)
    setTold(true)
  }, [closeModal, isOpen])
  return wasTold
}
