import { resolve, join } from 'node:path'

import { parseConfig } from '../../src/config/config'
import { openLocalServices, type LocalServices } from '../../src/local/services'
import type { BackupPlaces } from '../backup/takeBackup'
import { UsageError, type Arguments } from './arguments'
import type { CliIo } from './commands'

/** Runs a command's work on the databases themselves: nothing is opened as the product opens it. */
export async function withPlaces<T>(
  io: CliIo,
  work: (places: BackupPlaces, services: LocalServices) => Promise<T>,
): Promise<T> {
  const config = parseConfig({ ...io.env })
  const services = await openLocalServices({ config, env: { ...io.env }, ownNow: io.ownNow })
  const { settings } = services
  try {
    const places = {
      cmsUrl: settings.databaseUrl,
      deliveryUrl: settings.deliveryDatabaseUrl,
      mediaFolder: join(settings.dataDir, 'media'),
      secrets: { keys: settings.keys, payloadSecret: settings.payloadSecret },
    }
    return await work(places, services)
  } finally {
    await services.stop()
  }
}

/** The folder of the arguments. @throws UsageError when there is none. */
export function folderOf({ words: [folder] }: Arguments): string {
  if (folder) return resolve(folder)
  throw new UsageError('フォルダーがありません。控えのフォルダーを 1 つ指定してください。')
}
