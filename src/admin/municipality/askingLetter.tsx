'use client'

import { useState } from 'react'

import type { AskingLetter } from '../../senderCheck/shownCheck'

/** A letter to be sent on as it is, and the button that copies it. */
export function AskingLetterView({ letter: { to, text } }: { letter: AskingLetter }) {
  const [copied, setCopied] = useState('')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied('コピーしました。メールの本文に貼り付けられます。')
    } catch {
      setCopied('コピーできませんでした。文面を選んでコピーしてください。')
    }
  }
  return (
    <>
      <label>
        {to}に頼む文面
        <textarea readOnly rows={12} value={text} />
      </label>
      <button type="button" className="kizuna-button" onClick={() => void copy()}>
        {to}への文面をコピーする
      </button>
      <p role="status">{copied}</p>
    </>
  )
}
