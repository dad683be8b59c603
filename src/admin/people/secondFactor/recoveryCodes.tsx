'use client'

import { Button } from '@payloadcms/ui'
import { useState } from 'react'

interface CodesProps {
  codes: readonly string[]
  /** Whose they are, for the sheet of paper. */
  owner: string
  onDone: () => void
}

/** The recovery codes, this once: to print, to copy, and to go on from. */
export function RecoveryCodes({ codes, owner, onDone }: CodesProps) {
  const [copied, setCopied] = useState<string>('')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(codes.join('\n'))
      setCopied('コピーしました。')
    } catch {
      setCopied('コピーできませんでした。印刷するか、書き写してください。')
    }
  }
  return (
    <section className="kizuna-recovery" aria-label="予備のコード">
      <h3 className="kizuna-panel__title">予備のコードを控えてください</h3>
      <p className="kizuna-recovery__owner">kizuna の予備のコード{owner && `: ${owner}`}</p>
      <p>
        スマートフォンが使えないときに、6 桁の代わりに入れるコードです。1 つを 1
        回だけ使えます。印刷して鍵のかかる引き出しにしまうなど、パスワードとは別の場所に置いてください。
      </p>
      <ol className="kizuna-recovery__codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p className="kizuna-panel__note">この画面を閉じると、二度と表示されません。</p>
      <div className="kizuna-actions">
        <Button margin={false} buttonStyle="secondary" onClick={() => window.print()}>
          印刷する
        </Button>
        <Button margin={false} buttonStyle="secondary" onClick={() => void copy()}>
          コピーする
        </Button>
        <Button margin={false} onClick={onDone}>
          控えました
        </Button>
      </div>
      <p role="status">{copied}</p>
    </section>
  )
}
