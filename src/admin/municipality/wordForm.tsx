'use client'

import { Button } from '@payloadcms/ui'
import { useMemo, useState } from 'react'

import { ADMINS_WORDS } from '../../municipality/changeRights'
import {
  changedWords,
  pick,
  WORD_LABELS,
  wordsOf,
  type StoredWords,
  type TownWord,
  type TownWords,
} from '../../municipality/townWords'
import type { TownEffect } from '../../reach/townEffect'
import { useAnswer } from '../api/useAnswer'
import { useHasRole } from '../people/useHasRole'
import { EffectView } from './effectView'

/** How long the clerk must have stopped typing. */
const PAUSE_MS = 500

interface WordFormProps {
  town: string
  /** The municipality as it is stored. */
  document: object
  isBusy: boolean
  onPropose: (words: Partial<TownWords>, note: string) => void
  onCancel: () => void
}

const LINES = ['senderName', 'department', 'phone', 'hours', 'url'] as const
const LISTS = ['hosts', 'areas'] as const

/** Other words of a municipality, with what they would touch while they are typed. */
export function WordForm({ town, document, isBusy, onPropose, onCancel }: WordFormProps) {
  const before = useMemo(() => wordsOf(document as StoredWords), [document])
  const [words, setWords] = useState(before)
  const [note, setNote] = useState('')
  const isAdmin = useHasRole('admin')
  const set = <Word extends TownWord>(word: Word, value: TownWords[Word]) =>
    setWords({ ...words, [word]: value })
  const after = useMemo(() => given(before, words), [before, words])
  const isChanged = Object.keys(after).length > 0
  const effect = useAnswer<TownEffect>({
    path: isChanged ? `/kizuna-municipalities/${town}/words-effect` : null,
    body: JSON.stringify({ words: after }),
    pauseMs: PAUSE_MS,
  })
  return (
    <div className="kizuna-question">
      {[...(isAdmin ? ADMINS_WORDS : []), ...LINES].map((word) => (
        <Line
          key={word}
          label={WORD_LABELS[word]}
          value={String(words[word])}
          onChange={(value) => set(word, value as never)} // all of these are texts
        />
      ))}
      <Variables rows={words.variables} onChange={(rows) => set('variables', rows)} />
      {LISTS.map((word) => (
        <label key={word} className="kizuna-question__words">
          {WORD_LABELS[word]}(1 行に 1 つ)
          <textarea
            rows={Math.min(8, words[word].length + 1)}
            value={words[word].join('\n')}
            onChange={(event) => set(word, event.target.value.split('\n'))}
          />
        </label>
      ))}
      <label className="kizuna-question__words">
        変える理由(確かめる人が読みます。空でもかまいません)
        <textarea rows={2} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      {isChanged && effect && <EffectView lines={effect.lines} effect={effect} />}
      <div className="kizuna-actions">
        <Button
          margin={false}
          disabled={isBusy || !isChanged || (effect?.missing.length ?? 0) > 0}
          onClick={() => onPropose(after, note)}
        >
          この変更を提案する
        </Button>
        <Button margin={false} buttonStyle="secondary" disabled={isBusy} onClick={onCancel}>
          やめる
        </Button>
      </div>
    </div>
  )
}

/** Only what is changed, without the empty lines of lists. */
function given(before: TownWords, words: TownWords): Partial<TownWords> {
  const kept = {
    ...words,
    hosts: words.hosts.filter((host) => host.trim() !== ''),
    areas: words.areas.filter((area) => area.trim() !== ''),
    variables: words.variables.filter(({ name, value }) => name !== '' || value !== ''),
  }
  return pick(kept, changedWords(before, kept))
}

interface LineProps {
  label: string
  value: string
  onChange: (value: string) => void
}

function Line({ label, value, onChange }: LineProps) {
  return (
    <label className="kizuna-question__words">
      {label}
      <input
        type="text"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.preventDefault() // it would save the form around it
        }}
      />
    </label>
  )
}

interface VariablesProps {
  rows: TownWords['variables']
  onChange: (rows: TownWords['variables']) => void
}

function Variables({ rows, onChange }: VariablesProps) {
  const change = (at: number, part: Partial<TownWords['variables'][number]>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)))
  return (
    <fieldset className="kizuna-municipality__variables">
      <legend>{WORD_LABELS.variables}</legend>
      {rows.map(({ name, value }, at) => (
        <div key={at} className="kizuna-municipality__variable">
          <Line label="名前" value={name} onChange={(text) => change(at, { name: text })} />
          <Line
            label={`内容${name && `(${name})`}`}
            value={value}
            onChange={(text) => change(at, { value: text })}
          />
          <button
            type="button"
            className="kizuna-small"
            onClick={() => onChange(rows.filter((_, index) => index !== at))}
          >
            消す
          </button>
        </div>
      ))}
      <button
        type="button"
        className="kizuna-small"
        onClick={() => onChange([...rows, { name: '', value: '' }])}
      >
        差し込み語を追加
      </button>
    </fieldset>
  )
}
