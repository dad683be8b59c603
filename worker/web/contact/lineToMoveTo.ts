import type { LineAccount, MunicipalitySettings } from '../../../src/plan/settings'

import type { WebContext } from '../webContext'

/**
 * The LINE account of a town in whose talk a reader can be asked whether texts shall come there; null
 * where there is none, where another service answers in it, and where LINE refuses its key. That LINE
 * gives no answer just now keeps nobody from it: the question comes with the next word in the talk.
 */
export async function lineToMoveTo(
  { settings, line }: Pick<WebContext, 'settings' | 'line'>,
  town: Pick<MunicipalitySettings, 'channels' | 'lineAccount'> | null,
): Promise<LineAccount | null> {
  if (!line || !town?.channels.includes('line')) return null
  const account = await settings.lineAccount(town.lineAccount ?? '')
  if (!account || account.answers === 'none') return null
  return (await line.check(account)) === 'refused' ? null : account
}
