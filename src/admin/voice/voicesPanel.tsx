'use client'

import { useConfig, useDocumentInfo } from '@payloadcms/ui'
import { useCallback, useEffect, useState } from 'react'

import type { Figure } from '../../statistics/figures'
import { sumInWords, sumOf } from '../../statistics/sum'
import { VOICE_READERS, type TextVoices } from '../../voice/voices'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'
import { useHasRole } from '../people/useHasRole'
import { VoiceCard } from './voiceCard'
import './voice.css'

/** Beside a text: how many found it helpful, and what readers wrote last. */
export function VoicesPanel() {
  const { collectionSlug, id } = useDocumentInfo()
  const isReader = useHasRole(...VOICE_READERS)
  const path = isReader && id !== undefined ? `/${collectionSlug}/${String(id)}/voices` : null
  const { ask, errors } = useApi()
  const [said, setSaid] = useState<TextVoices | null>(null)
  const load = useCallback(async () => {
    if (path === null) return
    const answer = await ask<TextVoices>(path)
    if (answer.isDone) setSaid(answer.body)
  }, [ask, path])
  useEffect(() => {
    void load()
  }, [load])
  if (!said) return null
  return (
    <section className="kizuna-panel" aria-label="読者の声">
      <h3 className="kizuna-panel__title">読者の声</h3>
      {isNothing(said) ? (
        <p>
          まだ声はありません。公開した文のいちばん下の「この文章はどうでしたか」から、読者が書くと、ここに出ます。
        </p>
      ) : (
        <Said said={said} onChanged={() => void load()} />
      )}
      <ErrorList errors={errors} />
    </section>
  )
}

function inWords(figure: Figure): string {
  return sumInWords(sumOf([figure]), '件')
}

function isNothing({ helpful, notHelpful, count }: TextVoices): boolean {
  return helpful === 0 && notHelpful === 0 && count === 0
}

function Said({ said, onChanged }: { said: TextVoices; onChanged: () => void }) {
  const { config } = useConfig()
  const { helpful, notHelpful, voices, count, unread } = said
  const [first] = voices
  const list = `${config.routes.admin}/collections/kizuna-voices?where[or][0][and][0][title][equals]=${encodeURIComponent(first?.title ?? '')}`
  return (
    <>
      <p>
        役に立った <strong>{inWords(helpful)}</strong>、役に立たなかった{' '}
        <strong>{inWords(notHelpful)}</strong>
      </p>
      <ul className="kizuna-voices">
        {voices.map((voice) => (
          <li key={voice.id}>
            <VoiceCard voice={voice} onChanged={onChanged} />
          </li>
        ))}
      </ul>
      {first && (
        <p>
          <a href={list}>
            言葉のある声をすべて見る({count} 件、うち未読 {unread} 件)
          </a>
        </p>
      )}
    </>
  )
}
