import type { TypedUser } from 'payload'

import { hasRole, ROLES } from '../../people/roles'
import { disciplineLabel, type ReviewPolicy } from '../../review/rules/policy'

/** What a person is here, in words: their roles, a reviewer's with the disciplines. *Pure.* */
export function roleLine(user: TypedUser, policy: ReviewPolicy): string {
  const held = ROLES.filter(({ value }) => hasRole(user, value)).map(({ value, label }) =>
    value === 'reviewer' ? label + inBrackets(disciplinesOf(user, policy)) : label,
  )
  return held.join('、') || 'まだありません'
}

function disciplinesOf(user: TypedUser, policy: ReviewPolicy): string[] {
  const { disciplines } = user as { disciplines?: unknown }
  if (!Array.isArray(disciplines)) return []
  return disciplines.map((code) => disciplineLabel(policy, String(code)))
}

function inBrackets(words: readonly string[]): string {
  return words.length > 0 ? `(${words.join('、')})` : ''
}
