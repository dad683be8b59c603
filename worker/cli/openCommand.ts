import { practiceClockSentence } from '../../src/config/clock'
import { parseClockConfig, parseConfig } from '../../src/config/config'
import { openClock } from '../../src/local/openClock'
import { openLocalServices } from '../../src/local/services'
import { localDayOf, type LocalDay } from '../../src/stage/day'
import { CmsError } from '../content/cms'
import {
  deliveryConfigOf,
  openDeliveryHalf,
  type DeliveryHalf,
  type DeliveryHalfConfig,
} from '../app/deliveryHalf'
import { createBehind } from '../report/behind'
import type { MunicipalitySettings } from '../../src/plan/settings'
import { UsageError } from './arguments'
import type { CliIo } from './commands'

/** The delivery half for one command, and how to leave it. */
export interface OpenCommand {
  delivery: DeliveryHalf
  close: () => Promise<void>
}

/** Connects to the services that run, or starts the embedded database for this command. */
export async function openCommand(
  io: CliIo,
  how: Pick<DeliveryHalfConfig, 'takesAnyKeys'> = {},
): Promise<OpenCommand> {
  const config = parseConfig({ ...io.env })
  const services = await openLocalServices({ config, env: { ...io.env }, ownNow: io.ownNow })
  const { settings, now } = services
  if (settings.practiceClock) await io.err(practiceClockSentence(now()))
  try {
    const delivery = await openDeliveryHalf({
      ...deliveryConfigOf(settings),
      ...how,
      now,
      onProgress: (sentence) => void io.err(sentence),
      onAlert: (code, detail) => void io.err(`注意: ${code} ${JSON.stringify(detail)}`),
    })
    const close = async () => {
      await delivery.close()
      await services.stop()
    }
    return { delivery, close }
  } catch (error) {
    await services.stop()
    throw error
  }
}

/** Today by the product's clock, without opening anything. */
export async function todayOf(io: CliIo): Promise<LocalDay> {
  const { now } = await openClock(parseClockConfig(io.env), io.ownNow)
  return localDayOf(now())
}

/** Runs a command's work with the delivery half connected. */
export async function withDelivery<T>(
  io: CliIo,
  work: (delivery: DeliveryHalf) => Promise<T>,
  how: Pick<DeliveryHalfConfig, 'takesAnyKeys'> = {},
): Promise<T> {
  const { delivery, close } = await openCommand(io, how)
  try {
    return await work(delivery)
  } finally {
    await close()
  }
}

/**
 * Takes over what is new in the CMS; when it does not answer, what was synced is used.
 *
 * @throws CmsError when nothing was ever taken over.
 */
export async function freshContent(delivery: DeliveryHalf, io: CliIo): Promise<void> {
  const { sync, syncedContent } = delivery
  try {
    await sync()
  } catch (error) {
    await syncedContent.refresh()
    if (!(error instanceof CmsError) || !syncedContent.isReady()) throw error
    await io.err(`${error.message} 前に受け取った確定版と設定を使います。`)
  }
  await syncedContent.refresh()
  await createBehind(delivery)
    .once()
    .catch((error: unknown) => {
      if (!(error instanceof CmsError)) throw error // what it has is used, compared or not
    })
}

/**
 * The municipality of `--municipality`, or all active ones. *Pure.*
 *
 * @throws UsageError when there is no such municipality.
 */
export function chosenMunicipalities(
  { syncedContent }: Pick<DeliveryHalf, 'syncedContent'>,
  code: string | undefined,
): MunicipalitySettings[] {
  if (code === undefined) return syncedContent.municipalities().filter(({ isActive }) => isActive)
  const settings = syncedContent.settings(code)
  if (settings) return [settings]
  throw new UsageError(
    `自治体コード「${code}」は登録されていません。6 桁のコードを確かめてください。`,
  )
}
