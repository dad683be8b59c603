import type { LineAccount, MunicipalitySettings } from '../../../src/plan/settings'
import type { Reader } from '../../readers/reader'

import { lineToMoveTo } from '../contact/lineToMoveTo'
import { channelsOf } from '../registrationCheck'
import type { WebContext } from '../webContext'

/** As now, by the town's LINE account, by another mail address, or not at all. */
export type Way = 'same' | 'line' | 'mail' | 'none'

/** How the texts of a new town can come to a reader. */
export async function wayTo(
  web: WebContext,
  reader: Reader,
  town: MunicipalitySettings,
): Promise<Way> {
  const channels = channelsOf(town)
  const account = await accountOf(web, town)
  const own = reader.identities.find(({ status }) => status === 'active')
  if (own && (await isServed(web, { town, account, own }))) return 'same'
  if (await lineToMoveTo(web, town)) return 'line'
  return channels.includes('mail') ? 'mail' : 'none'
}

/** The channel a reader's texts come on; undefined of who has none that works. *Pure.* */
export function channelNow({ identities }: Pick<Reader, 'identities'>) {
  return identities.find(({ status }) => status === 'active')?.channel
}

/** Whether a reader who is not on LINE has to come there for the new town. *Pure.* */
export function isNewOnLine(way: Way, reader: Pick<Reader, 'identities'>): boolean {
  return way === 'line' && channelNow(reader) !== 'line'
}

interface Serving {
  town: MunicipalitySettings
  account: LineAccount | null
  own: Reader['identities'][number]
}

/** A LINE friend is one of the account: nobody can be written to by another one of the provider. */
async function isServed(web: WebContext, { town, account, own }: Serving): Promise<boolean> {
  if (!channelsOf(town).includes(own.channel)) return false
  if (own.channel === 'mail') return true
  if (own.account !== account?.provider) return false
  const [state] = await web.readers.contactStates({ identities: [own] }, account.id)
  return state?.state.kind === 'open'
}

/** The account a town sends through, or null. */
export function accountOf(web: WebContext, { lineAccount }: MunicipalitySettings) {
  return web.settings.lineAccount(lineAccount ?? '')
}
