'use client'

import { Button, useDocumentInfo } from '@payloadcms/ui'
import { useState } from 'react'

import { useApi } from '../api/useApi'
import { SecondPress } from '../fields/secondPress'

type Outcome = { key: string } | 'stopped' | 'failed' | null

/** Makes and takes away the API key of a program; Payload's own part for it speaks English only. */
export function ApiKeyPanel() {
  const { collectionSlug, id } = useDocumentInfo()
  const { ask } = useApi()
  const [outcome, setOutcome] = useState<Outcome>(null)
  const [isSure, setSure] = useState(false)
  const save = async (apiKey: string | null) => {
    const { isDone } = await ask(`/${collectionSlug}/${id}`, {
      method: 'PATCH',
      body: { apiKey, enableAPIKey: apiKey !== null },
    })
    setOutcome(isDone ? (apiKey === null ? 'stopped' : { key: apiKey }) : 'failed')
    setSure(false)
  }
  if (id === undefined) {
    return <p className="kizuna-panel__hint">保存すると、API キーを作れるようになります。</p>
  }
  return (
    <section className="kizuna-panel" aria-label="API キー">
      <h3 className="kizuna-panel__title">API キー</h3>
      <Outcome outcome={outcome} />
      {isSure ? (
        <>
          <p>いま使われている API キーがあれば、すぐに使えなくなります。よろしいですか?</p>
          <div className="kizuna-actions">
            <SecondPress isOff={false} onPress={() => void save(crypto.randomUUID())}>
              新しい API キーを作る
            </SecondPress>
            <Button margin={false} buttonStyle="secondary" onClick={() => void save(null)}>
              API キーをなくす
            </Button>
            <Button margin={false} buttonStyle="secondary" onClick={() => setSure(false)}>
              やめる
            </Button>
          </div>
        </>
      ) : (
        <Button margin={false} buttonStyle="secondary" onClick={() => setSure(true)}>
          API キーを変える
        </Button>
      )}
    </section>
  )
}

function Outcome({ outcome }: { outcome: Outcome }) {
  if (outcome === null) return <p>保存した API キーは、二度と表示されません。</p>
  if (outcome === 'stopped') return <p role="status">API キーをなくしました。</p>
  if (outcome === 'failed')
    return <p role="alert">保存できませんでした。もう一度お試しください。</p>
  return (
    <div role="status">
      <p>
        この API キーを CMS_API_KEY に設定してください。この画面を離れると、二度と表示されません。
      </p>
      <p>
        <code>{outcome.key}</code>
      </p>
    </div>
  )
}
