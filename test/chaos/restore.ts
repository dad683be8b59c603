// A day whose databases are put back to what they were earlier that day.
import { join } from 'node:path'

import { restoreBackup } from '../../worker/backup/restoreBackup'
import { takeBackup } from '../../worker/backup/takeBackup'
import type { DeliveryHalf } from '../../worker/app/deliveryHalf'

/** The deaths after which a backup is taken and put back. */
export interface RestoreTimes {
  taken: number
  restored: number
}

interface BackupOptions {
  delivery: Pick<DeliveryHalf, 'now' | 'incarnations'>
  databaseUrl: string
  /** Of the backup. */
  folder: string
  keys: string
}

/** The product's own backup of a day's databases; of the CMS there is nothing. */
export function createBackup({ delivery, databaseUrl, folder, keys }: BackupOptions) {
  const places = {
    deliveryUrl: databaseUrl,
    cmsUrl: databaseUrl.replace('?', '-cms?'),
    mediaFolder: join(folder, 'media'),
    folder: join(folder, 'backup'),
    secrets: { keys, payloadSecret: 'x'.repeat(32) },
    now: delivery.now,
    onProgress: async () => undefined,
  }
  return {
    /** While workers live. */
    take: () => takeBackup({ ...places, product: 'chaos' }),
    /** While none lives; a person accepts what is not known any more. */
    putBack: async (): Promise<void> => {
      await restoreBackup({ ...places, isReplacing: true })
      await delivery.incarnations.accept([])
    },
  }
}
