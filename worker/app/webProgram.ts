import { once } from 'node:events'

import { closeServer, untilListening } from '../../src/local/port'
import { localDayOf } from '../../src/stage/day'
import type { DeliveryHalf } from './deliveryHalf'
import { findKeyFaults } from '../keys/keyCheck'
import { createMetrics } from './metrics'
import { createSheets } from '../survey/sheets'
import { createTakeoutByName } from './takeoutByName'
import { createVoices } from '../report/voices'
import { createLedgerReader, type LedgerLine } from '../ledger/reading'
import { isReplaceable, mayHaveGone } from '../ledger/states'
import { createPastTexts } from '../web/texts/pastTexts'
import type { WebLog, WebSettings } from '../web/webOptions'
import { createWebApp } from '../web/webApp'

/** How long settings are used before the database is asked again. */
const FRESH_MS = 2000

interface WebSideOptions {
  delivery: DeliveryHalf
  port: number
  publicUrl: string
  log: WebLog
  /** Where the sandbox adds a friend; absent with the real LINE. */
  friendUrl?: string
  /** Reverse proxies between the readers and this program. @default 0 */
  trustProxy?: number
  /** The product shows another time than the real one. @default false */
  isPracticeClock?: boolean
}

/** Starts the readers' pages and the webhook on a port. */
export async function startWebProgram(options: WebSideOptions) {
  const { delivery, port, publicUrl, log, friendUrl, trustProxy, isPracticeClock } = options
  const { readers, mail, line, lineLogin, ring, now, welcomes } = delivery
  const settings = webSettings(delivery)
  const app = createWebApp({
    readers,
    settings,
    mail,
    line,
    lineLogin,
    ring,
    now,
    publicUrl,
    log,
    trustProxy,
    isPracticeClock,
    keptDays: delivery.keptDays,
    goneToday: (readerId) => goneToday(delivery, readerId),
    takeOut: createTakeoutByName(delivery),
    texts: createPastTexts(delivery),
    picture: (name) => delivery.contentStore.pictures.read(name),
    voices: { ...createVoices(delivery), release: delivery.contentStore.release },
    surveys: createSheets(delivery),
    ...bounceHook(delivery),
    requestWelcome: welcomes.requestWelcome,
    metrics: createMetrics(delivery),
    isReady: () => isReady(delivery),
    ...(friendUrl === undefined ? {} : { friendUrl: () => friendUrl }),
  })
  const server = app.listen(port)
  await untilListening(server, { setting: 'WEB_PORT', port })
  return {
    stop: async (): Promise<void> => {
      const closed = once(server, 'close')
      closeServer(server)
      await closed
    },
  }
}

function bounceHook({ bounces }: DeliveryHalf) {
  const secret = bounces?.secret
  return bounces && secret ? { bounces: { secret, take: bounces.take } } : {}
}

async function goneToday({ db, now }: DeliveryHalf, readerId: string): Promise<Set<string>> {
  const { lines } = await createLedgerReader(db).ofReader(readerId, localDayOf(now()))
  return new Set(lines.filter(isGone).map(({ slot }) => slot))
}

/** Sent, or left out at the last second for a reason that is not planned again. */
function isGone({ status, reason }: LedgerLine): boolean {
  return mayHaveGone(status) || (status === 'excluded' && !isReplaceable(reason))
}

function webSettings({ syncedContent, now }: DeliveryHalf): WebSettings {
  let freshUntil = 0
  const fresh = async () => {
    if (now().getTime() < freshUntil) return syncedContent
    await syncedContent.refresh()
    freshUntil = now().getTime() + FRESH_MS
    return syncedContent
  }
  return {
    municipality: async (code) => (await fresh()).settings(code),
    municipalities: async () => (await fresh()).municipalities(),
    lineAccount: async (id) => (await fresh()).line(id),
    lineAccountByChannel: async (channelId) => (await fresh()).lineByChannel(channelId),
    content: async () => (await fresh()).content(),
  }
}

async function isReady({ db, ring, syncedContent }: DeliveryHalf): Promise<boolean> {
  await db.command({ ping: 1 })
  // keys were changed while it is at work: it must be started anew before it finds anybody
  if ((await findKeyFaults({ db, ring })).length > 0) return false
  await syncedContent.refresh()
  return syncedContent.isReady()
}
