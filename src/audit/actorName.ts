import type { CollectionBeforeChangeHook, PayloadRequest } from 'payload'

import { SIGN_INS } from '../cms/auditActions'
import { withRoles } from '../people/names'

/** Writes into an entry who it was, as they were called and what they were then. */
export const noteActorName: CollectionBeforeChangeHook = ({ data, req }) => ({
  ...data,
  actorName: data.actor ? actorNameOf(req.user) : nobodyAt(data.action),
})

/** What stands for whoever has no account: imports from the shell, nightly jobs. */
export const PROGRAM = '(プログラム)'

/** A failed log-in is nobody's. *Pure.* */
function nobodyAt(action: unknown): string {
  return SIGN_INS.some((one) => one === action) ? '(ログインの前)' : PROGRAM
}

/** 「佐藤(編集)」, or the name of a program's account. *Pure.* */
function actorNameOf(user: PayloadRequest['user']): string {
  const { kizunaName, kizunaRoles, name } = (user ?? {}) as Record<string, unknown>
  return withRoles(String(kizunaName ?? name ?? PROGRAM), kizunaRoles)
}
