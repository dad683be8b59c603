'use client'

import { Button, useAuth, useConfig, useDocumentInfo } from '@payloadcms/ui'
import { useCallback, useEffect, useState } from 'react'

import type { OpenSession, OwnSessions } from '../../people/sessions'
import { japaneseMoment } from '../../stage/japaneseDate'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'

/** In one's own account: where one is logged in, and how to end it. */
export function SessionsPanel() {
  const { collectionSlug, id } = useDocumentInfo()
  const { user } = useAuth()
  const isOwn = id !== undefined && String(user?.id) === String(id)
  const { own, errors, isBusy, end, endAll } = useSessions(isOwn ? `/${collectionSlug}` : null)
  if (own === null || own.sessions.length === 0) return null
  return (
    <section className="kizuna-panel kizuna-panel--sessions" aria-label="ログインしている端末">
      <h3 className="kizuna-panel__title">ログインしている端末</h3>
      <p className="kizuna-panel__hint">
        ログインは {own.hours} 時間で終わります。終わる前に、続けるかどうかをおたずねします。
      </p>
      <ul className="kizuna-sessions">
        {own.sessions.map((session) => (
          <Session key={session.id} session={session} isBusy={isBusy} onEnd={() => end(session)} />
        ))}
      </ul>
      <p className="kizuna-panel__hint">
        心当たりのない端末があるときは、すべての端末からログアウトして、パスワードを変えてください。
      </p>
      <Button margin={false} buttonStyle="secondary" disabled={isBusy} onClick={endAll}>
        すべての端末からログアウト
      </Button>
      <ErrorList errors={errors} />
    </section>
  )
}

interface SessionProps {
  session: OpenSession
  isBusy: boolean
  onEnd: () => void
}

function Session({ session: { device, since, isThis }, isBusy, onEnd }: SessionProps) {
  return (
    <li>
      <span>
        <strong>{device}</strong>
        {isThis && ' (いま使っている端末)'}
        <br />
        {japaneseMoment(since)} から
      </span>
      {!isThis && (
        <button
          type="button"
          className="kizuna-button"
          disabled={isBusy}
          aria-label={`このログインを終える: ${device}、${japaneseMoment(since)} から`}
          onClick={onEnd}
        >
          このログインを終える
        </button>
      )}
    </li>
  )
}

/** One's own log-ins, by the path of the collection; null while they are not known. */
function useSessions(path: string | null) {
  const { ask, call, errors, isBusy } = useApi()
  const { config } = useConfig()
  const [own, setOwn] = useState<OwnSessions | null>(null)
  useEffect(() => {
    if (path === null) return
    void ask<OwnSessions>(`${path}/kizuna-sessions`).then((answer) => {
      setOwn(answer.isDone ? answer.body : null)
    })
  }, [ask, path])
  const end = useCallback(
    async (id: string) => {
      const answer = await call<OwnSessions>(`${path}/kizuna-sessions/end`, { body: { id } })
      if (answer.isDone) setOwn(answer.body)
    },
    [call, path],
  )
  const { admin, routes } = config
  const endAll = useCallback(async () => {
    const answer = await call(`${path}/logout?allSessions=true`, { method: 'POST' })
    // What the page still holds belongs to nobody now: the log-in is loaded anew.
    if (answer.isDone) window.location.assign(`${routes.admin}${admin.routes.login}`)
  }, [call, path, admin, routes])
  return {
    own,
    errors,
    isBusy,
    end: ({ id }: OpenSession) => void end(id),
    endAll: () => void endAll(),
  }
}
