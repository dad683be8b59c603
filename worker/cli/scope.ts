import {
  ALL_MAIL,
  EVERYTHING,
  lineScope,
  scopeShape,
  scopeWords,
  townScope,
} from '../../src/operation/halt'
import type { DeliveryHalf } from '../app/deliveryHalf'
import { UsageError } from './arguments'
import { chosenMunicipalities } from './openCommand'

/**
 * The scope that a person names: `all`, `mail`, a municipality's code, a LINE account by its `@…`, or a
 * scope as `status` writes it.
 *
 * @throws UsageError where there is nothing of that name.
 */
export function namedScope(
  delivery: Pick<DeliveryHalf, 'syncedContent'>,
  named: string | undefined,
): string {
  if (named === undefined) throw new UsageError(`--scope がありません。${HOW}`)
  if (named === EVERYTHING || named === ALL_MAIL) return named
  const [, code = ''] = /^(?:town:)?(\d{6})$/.exec(named) ?? []
  if (code !== '')
    return chosenMunicipalities(delivery, code).map(() => townScope(code))[0] ?? named
  const { syncedContent } = delivery
  const id = named.startsWith('@')
    ? syncedContent.lines().find(({ basicId }) => basicId === named)?.id
    : named.replace(/^line:/, '')
  const account = id === undefined ? null : syncedContent.line(id)
  if (account) return lineScope(account.id)
  if (named.startsWith('line:') && scopeShape.safeParse(named).success) return named
  throw new UsageError(`--scope: 「${named}」はありません。${HOW}`)
}

/** A scope as people call it, a LINE account by its `@…`. */
export function scopeName(
  { syncedContent }: Pick<DeliveryHalf, 'syncedContent'>,
  scope: string,
): string {
  const towns = syncedContent.municipalities()
  const lines = syncedContent.lines().map(({ id, basicId }) => ({ id, name: basicId }))
  return scopeWords(scope, { towns, lines })
}

const HOW =
  'all(すべて)、自治体コード 6 桁、LINE アカウントの @…、mail(すべてのメール)のどれかを指定してください。'
