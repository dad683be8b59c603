import { HTTPFetchError, messagingApi } from '@line/bot-sdk'
import type { Dispatcher } from 'undici'

import type { LineCredentials } from './channel'
import { createLineDispatcher, LINE_API_URL } from './line'
import { createLineTokens, type LineTokens } from './lineAccessToken'
import { readLineError, readNetworkError } from './lineAnswer'
import { LINE_DATA_API_URL } from './lineApiLimits'
import { isOwnMenu, LINE_MENU_PICTURE, type LineMenu } from './lineMenu'
import { withTransport } from './lineTransport'

/** What became of a menu; `code` is stable and without personal data. */
export type LineMenuOutcome = { status: 'done' } | { status: 'failed'; code: string }

/** Sets the menus of LINE accounts. Never throws for what the vendor or the network does. */
export interface LineMenuChannel {
  /** Makes a menu, gives it our picture, shows it to everybody, then takes our older ones away. */
  set(account: LineCredentials, menu: LineMenu): Promise<LineMenuOutcome>
  /** Takes ours away; one of somebody else stays. */
  remove(account: LineCredentials): Promise<LineMenuOutcome>
}

/** Nobody waits for a menu: a slow answer is asked for again later. */
const TIMEOUT_MS = 5000

interface MenuOptions {
  /** Origin of the API; the sandbox's, or {@link LINE_API_URL}. */
  baseUrl: string
  now: () => Date
  tokens?: LineTokens
  dispatcher?: Dispatcher
}

/** Sets menus by the Messaging API. https://developers.line.biz/en/docs/messaging-api/using-rich-menus/ */
export function createLineMenuChannel(options: MenuOptions): LineMenuChannel {
  const { baseUrl } = options
  const dispatcher = options.dispatcher ?? createLineDispatcher({ timeoutMs: TIMEOUT_MS })
  const deps: Deps = {
    baseUrl,
    dispatcher,
    tokens: options.tokens ?? createLineTokens({ ...options, dispatcher }),
  }
  return {
    set: (account, menu) => attempt(deps, account, (clients) => set(clients, menu)),
    remove: (account) => attempt(deps, account, ({ api }) => removeOwn(api, null)),
  }
}

interface Deps {
  baseUrl: string
  dispatcher: Dispatcher
  tokens: LineTokens
}

interface Clients {
  api: messagingApi.MessagingApiClient
  pictures: messagingApi.MessagingApiBlobClient
}

async function set({ api, pictures }: Clients, menu: LineMenu): Promise<void> {
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

async function attempt(
  deps: Deps,
  account: LineCredentials,
  work: (clients: Clients) => Promise<void>,
): Promise<LineMenuOutcome> {
  try {
    await work(clientsOf(deps, await deps.tokens.get(account)))
    return { status: 'done' }
  } catch (error) {
    return { status: 'failed', code: codeOf(error) }
  }
}

function clientsOf({ baseUrl, dispatcher }: Deps, channelAccessToken: string): Clients {
  const headers = { authorization: `Bearer ${channelAccessToken}` }
  const dataUrl = baseUrl === LINE_API_URL ? LINE_DATA_API_URL : baseUrl
  const { MessagingApiClient, MessagingApiBlobClient } = messagingApi
  return {
    api: withTransport(new MessagingApiClient({ channelAccessToken }), {
      baseUrl,
      dispatcher,
      headers,
    }),
    pictures: withTransport(new MessagingApiBlobClient({ channelAccessToken }), {
      baseUrl: dataUrl,
      dispatcher,
      headers,
    }),
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('line-')) {
    return String(error.code)
  }
  const answer = error instanceof HTTPFetchError ? readLineError(error) : readNetworkError(error)
  return 'code' in answer ? answer.code : 'line-menu'
}
