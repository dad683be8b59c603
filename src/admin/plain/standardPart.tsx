'use client'

import { Button } from '@payloadcms/ui'

import type { Comparison } from '../../plain/standard'
import { PAIR_STATE_LABELS } from '../../plain/pairs'
import { ErrorList } from '../api/errorList'
import { TextChange } from './textChange'
import './plain.css'

interface PartProps {
  comparison: Comparison
  errors: readonly string[]
  canAlign: boolean
  /** Whether there is something on the screen that is not saved yet. */
  isModified?: boolean
  onAlign: () => void
}

/** How an easy text stands to its standard one: what changed since, and the button 「合わせました」. */
export function StandardPart({ comparison, errors, canAlign, isModified, onAlign }: PartProps) {
  const { pair, standard, aligned } = comparison
  const isOpen = pair.state === 'changed' || pair.state === 'unchecked'
  return (
    <>
      <p>
        <span className={`kizuna-state kizuna-pair--${pair.state}`}>
          {PAIR_STATE_LABELS[pair.state]}
        </span>
      </p>
      <p>{ADVICE[pair.state]}</p>
      {standard && pair.state === 'changed' && aligned && (
        <section aria-label="標準版の変わったところ">
          <TextChange label="件名" before={aligned.subject} after={standard.content.subject} />
          <TextChange label="本文" before={aligned.body} after={standard.content.body} />
          {isOnlyElsewhere(comparison) && (
            <p>本文と件名は同じです。月齢の数え方など、届く日の決め方が変わりました。</p>
          )}
        </section>
      )}
      {standard && (
        <details className="kizuna-panel__details">
          <summary>いまの標準版を読む</summary>
          <p className="kizuna-change__label">{standard.content.subject}</p>
          <p className="kizuna-change__text">{standard.content.body}</p>
        </details>
      )}
      {isOpen && canAlign && isModified && (
        <p className="kizuna-panel__hint">先に「下書きを保存」を押してください。</p>
      )}
      {isOpen && canAlign && !isModified && (
        <Button margin={false} buttonStyle="secondary" onClick={onAlign}>
          標準版に合わせました
        </Button>
      )}
      <ErrorList errors={errors} />
    </>
  )
}

const ADVICE: Record<Comparison['pair']['state'], string> = {
  changed:
    '下の違いを読み、必要ならこの原稿を直してください。直したあと、または直さなくてよいときに、「標準版に合わせました」を押します。',
  unchecked:
    'この原稿は、まだだれも標準版と読み比べていません。読み比べて、合っていたら「標準版に合わせました」を押します。',
  withdrawn:
    '標準版は取り下げられています。この原稿も取り下げるかどうか、監修責任者に相談してください。',
  missing: 'やさしい日本語版がまだありません。',
  alone: '同じシリーズ・配信日・種類の標準版がありません。配信日を確かめてください。',
  ended: '標準版もこの原稿も取り下げられています。',
  inLine: 'この原稿は、いまの標準版に合わせて書かれています。',
}

function isOnlyElsewhere({ aligned, standard }: Comparison): boolean {
  return aligned?.subject === standard?.content.subject && aligned?.body === standard?.content.body
}
