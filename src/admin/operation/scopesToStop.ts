import { ALL_MAIL, EVERYTHING, lineScope, scopeWords, townScope } from '../../operation/halt'
import type { SeenStatus } from '../../watch/kept'

/** What a person may stop that is not stopped yet: the team everything, a municipality itself. *Pure.* */
export function scopesToStop({ status, isWhole }: SeenStatus): { scope: string; words: string }[] {
  const stopped = new Set(status.halts.map(({ scope }) => scope))
  const towns = status.towns.map(({ code }) => townScope(code))
  const lines = status.lines.map(({ id }) => lineScope(id))
  const all = isWhole ? [...towns, ...lines, ALL_MAIL, EVERYTHING] : towns
  return all
    .filter((scope) => !stopped.has(scope))
    .map((scope) => ({ scope, words: scopeWords(scope, status) }))
}
