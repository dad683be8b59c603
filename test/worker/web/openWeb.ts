import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { expect } from '@jest/globals'
import { Registry } from 'prom-client'

import type {
  LineAccountState,
  LineBatch,
  LineChannel,
  LineLeaving,
  LineReply,
  MailChannel,
  Receipt,
  SingleMail,
} from '../../../worker/channel/channel'
import type { LineAccount, MunicipalitySettings } from '../../../src/plan/settings'
import { liveContent } from '../../../src/release/live'
import { createSyncedContent } from '../../../worker/content/syncedContent'
import { createContentStore } from '../../../worker/content/store'
import { ledgerCollections } from '../../../worker/ledger/collections'
import { createSheets } from '../../../worker/survey/sheets'
import { createVoices } from '../../../worker/report/voices'
import { createLineLogin } from '../../../worker/channel/lineLogin'
import { createLinks } from '../../../worker/web/link'
import { takeOut } from '../../../worker/takeout/takeOut'
import { createPastTexts } from '../../../worker/web/texts/pastTexts'
import { createWebApp } from '../../../worker/web/webApp'
import type { WebLimits } from '../../../worker/web/webOptions'
import { openStore, START } from '../readers/openStore'
import { settings } from '../readers/settings'
import * as town from '../../src/plan/town'
import { asRead } from './asRead'
import { personalIn } from './nothingPersonal'

export const ACCOUNT: LineAccount = {
  id: 'L1',
  provider: 'みなと町',
  kind: 'dedicated',
  channelId: '2000000001',
  channelSecret: 'secret-of-the-channel',
  basicId: '@minato',
}

const { series } = town.supporting()

/** Towns of the tests: both channels with areas, LINE only, mail only, closed. */
export const TOWNS: MunicipalitySettings[] = [
  settings({ areas: ['北', '南'], accent: '#00522e', series }),
  settings({ code: '999024', name: 'うみべ町', channels: ['line'], series }),
  settings({ code: '999032', name: 'もり市', channels: ['mail'], lineAccount: null, series }),
  settings({ code: '999041', name: 'とじた町', isActive: false, series }),
]

const SLOTS = [
  ...[...town.pregnancyTexts(), ...town.childTexts()].map(({ content }) => slotOf(content)),
  ...Array.from({ length: 33 }, (_, index) => `month${index + 4}`),
]

function slotOf(content: object): string {
  return 'slot' in content ? String(content.slot) : ''
}

/** A text each day of a pregnancy and of the first 100 days, monthly ones up to three years. */
const CONTENT = liveContent(
  ['standard', 'easy'].flatMap((edition) => [
    ...SLOTS.map((slot) => town.release(town.text({ slot, edition }))),
    ...town.supportTexts(edition),
  ]),
)

interface WebTestOptions {
  limits?: WebLimits
  towns?: MunicipalitySettings[]
  account?: LineAccount
  trustProxy?: number
  /** Origin of the practice LINE; absent: nobody is to be asked. */
  lineApiUrl?: string
}

const NOTHING: () => void = () => undefined

/** The web side on a free port, a fresh database and recorders instead of channels. */
export async function openWeb(options: WebTestOptions = {}) {
  const store = await openStore()
  const { readers, ring, clock, db } = store
  const contentStore = createContentStore({ db, ring })
  const syncedContent = createSyncedContent(contentStore)
  const sent = {
    mails: [] as SingleMail[],
    replies: [] as LineReply[],
    asked: [] as LineBatch[],
    left: [] as LineLeaving[],
    welcomes: [] as string[],
  }
  const logged: unknown[] = []
  const note = (...entry: unknown[]) => void logged.push(entry)
  /** Every address that a page or an answer led to. */
  const addresses = new Set<string>()
  const state = {
    isReady: true,
    receipt: { status: 'accepted' } as Receipt,
    replied: NOTHING,
    left: NOTHING,
    leaving: { status: 'accepted' } as Receipt,
    /** Whether LINE takes the account's key. */
    key: 'works' as LineAccountState,
    content: CONTENT,
    mailed: NOTHING,
    asked: NOTHING,
    /** Slots of which today's text has gone out. */
    gone: new Set<string>(),
    /** What keeps the CMS from answering, or null. */
    cmsFault: null as Error | null,
    /** Real channels, instead of recorders. */
    channels: null as null | { line: LineChannel; mail: MailChannel },
  }
  const { towns = TOWNS, account = ACCOUNT } = options
  const now = () => clock.now
  const lineLogin = createLineLogin({ apiUrl: options.lineApiUrl ?? 'https://api.line.me', now })
  const server = createWebServer()
  server.on('request', (_, response) => {
    const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse
    response.end = (...given: unknown[]) => {
      const links = String(given[0] ?? '').matchAll(/(?:href|action|src)="([^"]*)"/g)
      for (const [, link = ''] of links) addresses.add(link.replaceAll('&amp;', '&'))
      addresses.add(String(response.getHeader('location') ?? ''))
      return end(...given)
    }
  })
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
    await store.close()
    // rule: no personal data in addresses or logs, whatever the suite has done
    expect(personalIn([...addresses])).toEqual([])
    expect(personalIn(logged.map((entry) => JSON.stringify(entry)))).toEqual([])
  }
  /** As at the beginning: nobody is registered, nothing was sent, and it is ten in the morning. */
  const empty = async () => {
    const all = [...Object.values(store.collections), ...Object.values(ledgerCollections(db))]
    await Promise.all(all.map((collection) => collection.deleteMany({})))
    for (const list of Object.values(sent)) list.length = 0
    clock.now = START
    await syncedContent.refresh()
  }
  const links = linksOf(url)
  const content = { contentStore, syncedContent }
  return {
    ...store,
    ...content,
    url,
    sent,
    logged,
    state,
    links,
    lineLogin,
    close,
    empty,
    ...requests(url),
  }

  function createWebServer() {
    const app = createWebApp({
      readers,
      goneToday: async () => state.gone,
      picture: (name) => contentStore.pictures.read(name),
      texts: createPastTexts({ db, syncedContent }),
      takeOut: async ({ municipality: { code, name, isActive }, passphrase, target }) =>
        void (await takeOut({
          ...{ db, ring, now, passphrase, target, product: 'kizuna' },
          municipality: { code, name, isActive, id: `cms-${code}` },
          cms: {
            paths: async () => {
              if (state.cmsFault) throw state.cmsFault
              return []
            },
            content: async function* () {
              yield* []
            },
          },
        })),
      settings: {
        municipality: async (code) => towns.find((town) => town.code === code) ?? null,
        municipalities: async () => towns,
        lineAccount: async (id) => (id === account.id ? account : null),
        lineAccountByChannel: async (id) => (id === account.channelId ? account : null),
        content: async () => state.content,
      },
      mail: {
        sendOne: async (mail) => {
          sent.mails.push(mail)
          state.mailed()
          return state.channels?.mail.sendOne(mail) ?? state.receipt
        },
      },
      line: {
        reply: async (reply) => {
          sent.replies.push(reply)
          const receipt = await state.channels?.line.reply(reply)
          state.replied()
          return receipt ?? { status: 'accepted' }
        },
        send: async (batch) => {
          sent.asked.push(batch)
          const result = await state.channels?.line.send(batch)
          state.asked()
          const receipt: Receipt = { status: 'accepted' }
          return result ?? { receipts: new Map(batch.to.map((id) => [id, receipt])), stop: null }
        },
        leave: async (leaving) => {
          sent.left.push(leaving)
          const receipt = await state.channels?.line.leave(leaving)
          state.left()
          return receipt ?? state.leaving
        },
        check: async () => state.key,
      },
      lineLogin,
      voices: { ...createVoices({ db, now }), release: contentStore.release },
      surveys: createSheets({ db, ring, now }),
      requestWelcome: async (readerId) => void sent.welcomes.push(readerId),
      ring,
      now,
      publicUrl: 'https://kizuna.example',
      metrics: new Registry(),
      isReady: async () => state.isReady,
      log: { info: note, warn: note, error: note },
      ...(options.trustProxy === undefined ? {} : { trustProxy: options.trustProxy }),
      limits: options.limits ?? { formsPer10Minutes: 10_000 },
    })
    return app.listen(0, '127.0.0.1')
  }

  function linksOf(publicUrl: string) {
    return createLinks({ ring, publicUrl, now })
  }
}

function requests(url: string) {
  /** Of the browser that has entered somebody's page; before it keeps none. */
  const headers: Record<string, string> = {}
  /** Follows redirects. */
  const get = async (path: string) => {
    const response = await fetch(new URL(path, url), { headers })
    const text = response.text.bind(response)
    return Object.assign(response, { text: async () => asRead(await text()) })
  }
  /** Where the answer to a form leads. */
  const land = (answer: Response) => {
    const location = answer.headers.get('location')
    return location === null ? answer : get(location)
  }
  const post = (path: string, form: Record<string, string> = {}) =>
    fetch(new URL(path, url), {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'manual',
      headers,
    })
  const webhook = (
    events: object[],
    changed: { secret?: string; channel?: string; from?: string } = {},
  ) => {
    const body = JSON.stringify({ destination: 'Ubot', events })
    const secret = changed.secret ?? ACCOUNT.channelSecret
    return fetch(new URL(`/line/${changed.channel ?? ACCOUNT.channelId}`, url), {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-line-signature': createHmac('sha256', secret).update(body).digest('base64'),
        ...(changed.from && { 'x-forwarded-for': changed.from }),
      },
    })
  }
  /** Opens a link to a reader's own page and presses its button; gives the path of the page. */
  const enter = async (link: string) => {
    const { pathname } = new URL(link)
    const cookies = (await get(pathname)).headers.getSetCookie()
    const jar = [
      ...(headers.cookie?.split('; ') ?? []),
      ...cookies.map((one) => one.split(';')[0]!),
    ]
    const kept = new Map(jar.map((one) => [one.split('=')[0], one]))
    if (kept.size > 0) headers.cookie = [...kept.values()].join('; ')
    return (await post(pathname)).headers.get('location') ?? ''
  }
  return { get, post, land, webhook, enter, headers }
}

/** The form of a page as a browser without JavaScript would send it. */
export function formOf(page: string): Record<string, string> {
  const inputs = [...page.matchAll(/<input\b[^>]*>/g)].map(([tag]) => tag)
  const attribute = (tag: string, name: string) =>
    new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
  return Object.fromEntries(
    inputs
      .filter((tag) => !/type="(radio|checkbox)"/.test(tag) || /\bchecked\b/.test(tag))
      .map((tag) => [attribute(tag, 'name'), attribute(tag, 'value').replaceAll('&amp;', '&')]),
  )
}

/** Where the form of a page is sent to; null without a form. */
export function actionOf(page: string): string | null {
  return /<form\b[^>]*\baction="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? null
}
