'use client'

import { Button, useAuth, useDocumentInfo } from '@payloadcms/ui'
import { useCallback, useEffect, useState } from 'react'

import { hasRole, MUNICIPAL } from '../../../collections/access'
import { useCms } from '../municipality/askCms'
import { Sentences } from '../municipality/sentences'

/** Whether the municipality offers this add-on to others as an example; its own decision. */
export function SharePanel() {
  const { id, hasPublishedDoc } = useDocumentInfo()
  const { user } = useAuth()
  const isClerk = hasRole(user as Parameters<typeof hasRole>[0], ...MUNICIPAL)
  const { offer, sentences, toggle } = useOffer(isClerk && id !== undefined ? String(id) : null)
  if (!isClerk || !hasPublishedDoc || offer === undefined) return null
  return (
    <section className="kizuna-panel" aria-label="お手本">
      <h3 className="kizuna-panel__title">お手本</h3>
      <p>
        {offer
          ? 'ほかの自治体の「お手本」の一覧に出ています。'
          : 'ほかの自治体が写して使えるように、お手本として見せられます。電話番号・リンク・場所・地区は見せません。下書きも見せません。'}
      </p>
      <Button margin={false} buttonStyle="secondary" onClick={() => void toggle()}>
        {offer ? 'お手本をやめる' : 'お手本として見せる'}
      </Button>
      <Sentences sentences={sentences} />
    </section>
  )
}

/** The offer's id, null when there is none, undefined until that is known. */
function useOffer(addOn: string | null) {
  const ask = useCms()
  const [offer, setOffer] = useState<string | null>()
  const [sentences, setSentences] = useState<string[]>([])
  const load = useCallback(async () => {
    if (addOn === null) return
    const answer = await ask(`/shared-add-ons?where[addOn][equals]=${addOn}&depth=0&limit=1`)
    const docs = answer.isDone ? (answer.body as { docs: { id: string }[] }).docs : []
    setOffer(docs[0]?.id ?? null)
  }, [addOn, ask])
  useEffect(() => {
    void load()
  }, [load])
  const toggle = async () => {
    const answer = offer
      ? await ask(`/shared-add-ons/${offer}`, { method: 'DELETE' })
      : await ask('/shared-add-ons', { body: { addOn } })
    setSentences(answer.isDone ? [] : answer.sentences)
    await load()
  }
  return { offer, sentences, toggle }
}
