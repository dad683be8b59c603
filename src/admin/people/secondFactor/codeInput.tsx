'use client'

import { useState } from 'react'

import { CODE_DIGITS } from '../../../people/secondFactor/words'

interface CodeProps {
  value: string
  onChange: (code: string) => void
  /** A recovery code does too; not while a second factor is being set up. */
  takesRecovery: boolean
}

/** The six digits of the app, as phones and password managers fill them in, or a recovery code. */
export function CodeInput({ value, onChange, takesRecovery }: CodeProps) {
  const [isRecovery, setRecovery] = useState(false)
  const change = () => {
    setRecovery(!isRecovery)
    onChange('')
  }
  return (
    <>
      <label>
        {isRecovery ? '予備のコード(10 文字)' : `確認コード(アプリの ${CODE_DIGITS} 桁)`}
        <input
          key={String(isRecovery)}
          type="text"
          name="kizuna-code"
          inputMode={isRecovery ? 'text' : 'numeric'}
          autoComplete={isRecovery ? 'off' : 'one-time-code'}
          autoCapitalize="characters"
          spellCheck={false}
          autoFocus
          required
          maxLength={40}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
      {takesRecovery && (
        <button type="button" className="kizuna-link-button" onClick={change}>
          {isRecovery
            ? 'アプリの確認コードを使う'
            : 'スマートフォンが使えないとき: 予備のコードを使う'}
        </button>
      )}
    </>
  )
}
