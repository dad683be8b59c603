'use client'

import { useConfig } from '@payloadcms/ui'
import { useCallback, useMemo, useState } from 'react'

import { sentencesOf, UNREACHABLE } from './sentencesOf'

/** What the CMS answered: its body, or the sentences it said no with. */
export type ApiAnswer<T> =
  { isDone: true; body: T; errors: readonly [] } | { isDone: false; errors: readonly string[] }

/** What is asked besides the path. */
export interface ApiRequest {
  /** Sent as JSON, a file or a form with one as it is; a body makes it a POST. */
  body?: object
  method?: string
  /** Gives the question up; then nothing may be done with its answer. */
  signal?: AbortSignal
  /** Said when no answer comes. */
  unreachable?: string
}

/**
 * Asks an endpoint as the person who is logged in; never throws. `T` is the body as the endpoint
 * declares it: both are of this repository, so it is not checked again.
 */
export type AskApi = <T = unknown>(path: string, request?: ApiRequest) => Promise<ApiAnswer<T>>

/** How a part of the admin talks to the CMS's REST. */
export interface Api {
  /** For what is read in the background: shows nothing of itself. */
  ask: AskApi
  /** For what a person has pressed: busy until the answer is there, and its errors are shown. */
  call: AskApi
  /** Busy until all steps of a longer work are done. */
  during: <T>(work: () => Promise<T>) => Promise<T>
  isBusy: boolean
  /** For `ErrorList`. */
  errors: readonly string[]
  setErrors: (errors: readonly string[]) => void
}

const NONE: readonly string[] = []

/** The one way from a part of the admin to an endpoint, its errors and being busy. */
export function useApi(): Api {
  const addressOf = useApiAddress()
  const [isBusy, setBusy] = useState(false)
  const [errors, setErrors] = useState(NONE)
  const ask = useCallback(
    <T>(path: string, request: ApiRequest = {}) => send<T>(addressOf(path), request),
    [addressOf],
  )
  const during = useCallback(async <T>(work: () => Promise<T>) => {
    setBusy(true)
    try {
      return await work()
    } finally {
      setBusy(false)
    }
  }, [])
  const call = useCallback(
    async <T>(path: string, request?: ApiRequest) => {
      const answer = await during(() => ask<T>(path, request))
      setErrors(answer.errors)
      return answer
    },
    [ask, during],
  )
  return useMemo(
    () => ({ ask, call, during, isBusy, errors, setErrors }),
    [ask, call, during, isBusy, errors],
  )
}

/** Addresses of endpoints, for links and forms too. */
export function useApiAddress(): (path: string) => string {
  const { config } = useConfig()
  const base = `${config.serverURL}${config.routes.api}`
  return useCallback((path) => `${base}${path}`, [base])
}

async function send<T>(url: string, request: ApiRequest): Promise<ApiAnswer<T>> {
  const { body, method, signal, unreachable = UNREACHABLE } = request
  const isFile = body instanceof Blob
  const isForm = body instanceof FormData
  try {
    const response = await fetch(url, {
      method: method ?? (body ? 'POST' : 'GET'),
      credentials: 'include',
      headers: {
        'Accept-Language': 'ja',
        // The browser names a form's own, with what parts it.
        ...(!isForm && {
          'Content-Type': isFile ? 'application/octet-stream' : 'application/json',
        }),
      },
      ...(body ? { body: isFile || isForm ? body : JSON.stringify(body) } : {}),
      ...(signal ? { signal } : {}),
    })
    const answer: unknown = await response.json()
    if (response.ok) return { isDone: true, body: answer as T, errors: [] }
    return { isDone: false, errors: sentencesOf(answer) ?? [unreachable] }
  } catch {
    return { isDone: false, errors: [unreachable] }
  }
}
