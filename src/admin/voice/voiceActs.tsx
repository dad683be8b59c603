'use client'

import { useDocumentInfo } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useState } from 'react'

import type { ShownVoice } from '../../voice/voices'
import { useApi } from '../api/useApi'
import { VoiceCard } from './voiceCard'
import './voice.css'

/** On the page of a voice: its words, and the buttons that mark it. */
export function VoiceActs() {
  const { id } = useDocumentInfo()
  const router = useRouter()
  const { ask } = useApi()
  const [voice, setVoice] = useState<ShownVoice | null>(null)
  const load = useCallback(async () => {
    const answer = await ask<ShownVoice>(`/kizuna-voices/${String(id)}?depth=0`)
    if (answer.isDone) setVoice(answer.body)
  }, [ask, id])
  useEffect(() => {
    void load()
  }, [load])
  if (!voice) return null
  const changed = async () => {
    await load()
    router.refresh()
  }
  return (
    <section className="kizuna-panel" aria-label="読者の声">
      <VoiceCard voice={voice} onChanged={() => void changed()} />
    </section>
  )
}
