'use client'

import { useCallback, useEffect, useState } from 'react'

import type { NewCodes, OwnFactor } from '../../../people/secondFactor/endpoints'
import type { ShownOffer } from '../../../people/secondFactor/refusal'
import { useApi } from '../../api/useApi'
import type { Proof } from './proofForm'

/** What somebody does about their own second factor. */
export type FactorAct = 'begin' | 'move' | 'recovery' | 'off'

/** Where they are with it: asked for the password, setting it up, before the new codes. */
export type FactorStep =
  | { at: 'proof'; act: FactorAct }
  | { at: 'setUp'; offer: ShownOffer }
  | { at: 'codes'; codes: readonly string[] }
  | null

/** One's own second factor by the path of the collection; null while it is not known. */
export function useOwnFactor(path: string | null) {
  const { ask, call, errors, isBusy, setErrors } = useApi()
  const [own, setOwn] = useState<OwnFactor | null>(null)
  const [step, setStep] = useState<FactorStep>(null)
  const load = useCallback(async () => {
    if (path === null) return
    const answer = await ask<OwnFactor>(path)
    setOwn(answer.isDone ? answer.body : null)
  }, [ask, path])
  useEffect(() => void load(), [load])
  const go = (next: FactorStep) => {
    setErrors([])
    setStep(next)
    if (next === null) void load()
  }
  const prove = async (act: FactorAct, proof: Proof) => {
    if (act === 'begin' || act === 'move') {
      const answer = await call<ShownOffer>(`${path}/begin`, { body: proof })
      if (answer.isDone) go({ at: 'setUp', offer: answer.body })
    } else if (act === 'recovery') {
      const answer = await call<NewCodes>(`${path}/recovery`, { body: proof })
      if (answer.isDone) go({ at: 'codes', codes: answer.body.recoveryCodes })
    } else if ((await call(`${path}/off`, { body: proof })).isDone) go(null)
  }
  const confirm = async ({ offer }: ShownOffer, code: string) => {
    const answer = await call<NewCodes>(`${path}/confirm`, { body: { offer, code } })
    if (answer.isDone) go({ at: 'codes', codes: answer.body.recoveryCodes })
  }
  return { own, step, errors, isBusy, go, prove, confirm }
}
