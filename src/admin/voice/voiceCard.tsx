'use client'

import { Button } from '@payloadcms/ui'

import { monthLabel } from '../../stage/japaneseDate'
import type { ShownVoice } from '../../voice/voices'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'

interface VoiceCardProps {
  voice: ShownVoice
  /** A mark of it is another now. */
  onChanged: () => void
}

/** What one reader wrote, with its marks and what can be done. */
export function VoiceCard({ voice, onChanged }: VoiceCardProps) {
  const { call, isBusy, errors } = useApi()
  const { id, comment, month, revision, isRead, isQuote, mayQuote } = voice
  const act = async (name: string, body: object = {}) => {
    const answer = await call(`/kizuna-voices/${id}/${name}`, { body })
    if (answer.isDone) onChanged()
  }
  return (
    <>
      <blockquote className="kizuna-voice">{comment}</blockquote>
      <p className="kizuna-panel__hint">
        {[monthLabel(month), `確定版 第${revision}版`, ...marksOf(voice)].join(' ・ ')}
      </p>
      <div className="kizuna-actions">
        {!isRead && (
          <Button
            margin={false}
            buttonStyle="secondary"
            disabled={isBusy}
            onClick={() => void act('read')}
          >
            読みました
          </Button>
        )}
        {mayQuote && !voice.hasPersonalDetails && (
          <Button
            margin={false}
            buttonStyle="secondary"
            disabled={isBusy}
            onClick={() => void act('quote', { isQuote: !isQuote })}
          >
            {isQuote ? '引用をやめる' : '引用に選ぶ'}
          </Button>
        )}
      </div>
      <ErrorList errors={errors} />
    </>
  )
}

function marksOf(voice: ShownVoice): string[] {
  const { isRead, isQuote, mayQuote, asksForHelp, hasPersonalDetails } = voice
  return [
    isRead ? '既読' : '未読',
    ...(asksForHelp ? ['相談かもしれません'] : []),
    ...(hasPersonalDetails ? ['個人の情報かもしれません'] : []),
    ...(mayQuote ? ['匿名で紹介してよい'] : []),
    ...(isQuote ? ['引用に選んだ'] : []),
  ]
}
