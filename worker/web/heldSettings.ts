import type { LineAccount, MunicipalitySettings } from '../settings'

import type { WebSettings } from './webOptions'

/** The part of the worker's held content that the web side reads. */
export interface HeldSettings {
  /** Takes over what any process has synced since the last call. */
  refresh: () => Promise<void>
  municipalities: () => MunicipalitySettings[]
  settings: (code: string) => MunicipalitySettings | null
  line: (id: string) => LineAccount | null
  lineByChannel: (channelId: string) => LineAccount | null
}

/** Settings for the web side from what the worker holds, as fresh as its last sync. */
export function createWebSettings(held: HeldSettings): WebSettings {
  const fresh = async <T>(read: () => T): Promise<T> => {
    await held.refresh()
    return read()
  }
  return {
    municipality: (code) => fresh(() => held.settings(code)),
    municipalities: () => fresh(() => held.municipalities()),
    lineAccount: (id) => fresh(() => held.line(id)),
    lineAccountByChannel: (channelId) => fresh(() => held.lineByChannel(channelId)),
  }
}
