import type { messagingApi } from '@line/bot-sdk'

import type { LineCredentials } from './channel'
import { createLineClients, type LineClients, type LineClientsOptions } from './lineClients'
import { isOwnMenu, LINE_MENU_PICTURE, type LineMenu } from './lineMenu'

/** What became of a menu; `code` is stable and without personal data. */
export type LineMenuOutcome = { status: 'done' } | { status: 'failed'; code: string }

/** Sets the menus of LINE accounts. Never throws for what the vendor or the network does. */
export interface LineMenuChannel {
  /** Makes a menu, gives it our picture, shows it to everybody, then takes our older ones away. */
  set(account: LineCredentials, menu: LineMenu): Promise<LineMenuOutcome>
  /** Takes ours away; one of somebody else stays. */
  remove(account: LineCredentials): Promise<LineMenuOutcome>
}

/** Sets menus by the Messaging API. https://developers.line.biz/en/docs/messaging-api/using-rich-menus/ */
export function createLineMenuChannel(options: LineClientsOptions): LineMenuChannel {
  const clients = createLineClients(options)
  const attempt = async (
    account: LineCredentials,
    work: (own: LineClients) => Promise<void>,
  ): Promise<LineMenuOutcome> => {
    const asked = await clients.attempt(account, work, 'line-menu')
    return asked.status === 'done' ? { status: 'done' } : asked
  }
  return {
    set: (account, menu) => attempt(account, (own) => set(own, menu)),
    remove: (account) => attempt(account, ({ api }) => removeOwn(api, null)),
  }
}

async function set({ api, pictures }: LineClients, menu: LineMenu): Promise<void> {
  await api.validateRichMenuObject(menu)
  const { richMenuId } = await api.createRichMenu(menu)
  await pictures.setRichMenuImage(richMenuId, new Blob([LINE_MENU_PICTURE], { type: 'image/png' }))
  await api.setDefaultRichMenu(richMenuId)
  await removeOwn(api, richMenuId)
}

/** Those a killed worker has left behind, too. */
async function removeOwn(api: messagingApi.MessagingApiClient, kept: string | null): Promise<void> {
  const { richmenus } = await api.getRichMenuList()
  for (const menu of richmenus.filter(isOwnMenu)) {
    if (menu.richMenuId !== kept) await api.deleteRichMenu(menu.richMenuId)
  }
}
