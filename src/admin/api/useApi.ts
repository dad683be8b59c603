'use client'

import { useConfig } from '@payloadcms/ui'
import { useCallback } from 'react'

/** What the CMS answered: its body, or its sentences when it said no. */
export type CmsAnswer = { isDone: true; body: unknown } | { isDone: false; sentences: string[] }

/** Asks the CMS's REST as the person who is logged in; a body makes it a POST. */
export type AskCms = (
  path: string,
  options?: { body?: object; method?: string },
) => Promise<CmsAnswer>

const UNREACHABLE = '通信できませんでした。つながりを確かめて、もう一度お試しください。'

/** The means to ask the CMS from a part of the admin. */
export function useCms(): AskCms {
  const { config } = useConfig()
  const base = `${config.serverURL}${config.routes.api}`
  return useCallback(
    (path, { body, method } = {}) => ask(`${base}${path}`, { body, method }),
    [base],
  )
}

async function ask(
  url: string,
  { body, method }: { body: object | undefined; method: string | undefined },
): Promise<CmsAnswer> {
  try {
    const response = await fetch(url, {
      method: method ?? (body ? 'POST' : 'GET'),
      credentials: 'include',
      headers: { 'Accept-Language': 'ja', 'Content-Type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const answer: unknown = await response.json()
    return response.ok
      ? { isDone: true, body: answer }
      : { isDone: false, sentences: sentencesOf(answer) }
  } catch {
    return { isDone: false, sentences: [UNREACHABLE] }
  }
}

interface Refusal {
  errors?: { message?: string; data?: { errors?: { message?: string }[] } }[]
}

/** The sentences of a refusal, those at the fields first. *Pure.* */
function sentencesOf(answer: unknown): string[] {
  const lines = ((answer as Refusal).errors ?? []).flatMap(({ message, data }) => {
    const atFields = Array.isArray(data?.errors) ? data.errors : []
    const found = atFields.length > 0 ? atFields.map((one) => one.message) : [message]
    return found.flatMap((text) => (text ?? '').split('\n'))
  })
  const said = [...new Set(lines.filter(Boolean))]
  return said.length > 0 ? said : [UNREACHABLE]
}
