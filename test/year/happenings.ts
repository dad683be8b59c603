// What happens to the towns' programs in a year: outages, upgrades, a restore, troubles of providers.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'

import { restoreBackup } from '../../worker/backup/restoreBackup'
import { takeBackup } from '../../worker/backup/takeBackup'
import { createBehind } from '../../worker/report/behind'
import { later, type Day } from './days'
import { FIRST_DAY } from './setting'
import type { World } from './world'

/** What happens on one day. */
export interface DaysHappenings {
  isCmsDown: boolean
  /** The programs are ended while the day's texts go out, and started again, as an upgrade does. */
  isUpgraded: boolean
  /** A new key seals from this upgrade on; what the older one sealed is sealed anew meanwhile. */
  hasNewKey: boolean
  /** The database is put back to what it was before the day's texts went out; the older key is gone. */
  isRestored: boolean
  hasLineTrouble: boolean
  hasMailTrouble: boolean
}

/** Days of the CMS's outage. */
const OUTAGE_DAYS = 3

/** In a shorter year each day has something new of the CMS, which is never out, and one upgrade is enough. */
const SHORT_DAYS = 60

/** Shares of the year after which the programs are upgraded, and one after which there is a restore. */
const UPGRADES = [0.13, 0.28, 0.46, 0.66, 0.88]
const NEW_KEY = 0.28
const RESTORE = 0.72
const OUTAGE = 0.42

const LINE_TROUBLE_EVERY = 9
const MAIL_TROUBLE_EVERY = 25

/** What happens in a year of so many days. *Pure.* */
export function planHappenings(days: number) {
  const at = (share: number) => Math.floor(days * share)
  const outage = at(OUTAGE)
  const upgrades = days < SHORT_DAYS ? UPGRADES.slice(1, 2) : UPGRADES
  return (day: Day): DaysHappenings => {
    const is = (number: number) => later(FIRST_DAY, number) === day
    const all = Array.from({ length: days }, (_, number) => number)
    const number = all.find(is) ?? -1
    return {
      isCmsDown: days >= SHORT_DAYS && number >= outage && number < outage + OUTAGE_DAYS,
      isUpgraded: upgrades.some((share) => at(share) === number),
      hasNewKey: at(NEW_KEY) === number,
      isRestored: at(RESTORE) === number,
      hasLineTrouble: number % LINE_TROUBLE_EVERY === 4,
      hasMailTrouble: number % MAIL_TROUBLE_EVERY === 6,
    }
  }
}

/** A ring with a new key that seals from now on. */
export function withNewKey(keys: string): string {
  const [index, ...others] = keys.split(',')
  const key = randomBytes(32).toString('base64')
  return [index, `k${others.length + 1}:${key}`, ...others].join(',')
}

/** A ring without the keys that only open: what they sealed must be sealed anew by now. *Pure.* */
export function withoutOlderKeys(keys: string): string {
  return keys.split(',').slice(0, 2).join(',')
}

/** Providers answer some requests late, or take them and say nothing. */
export function trouble({ sandbox }: World, of: DaysHappenings): void {
  if (of.hasLineTrouble) {
    const acceptThenAnswer = { kind: 'acceptThenAnswer', status: 500 } as const
    sandbox.faults.line.add(
      { at: 'multicast', times: 2, trouble: acceptThenAnswer },
      { at: 'multicast', times: 2, trouble: { kind: 'acceptThenCut' } },
      { at: 'multicast', times: 1, trouble: { kind: 'cut' } },
    )
  }
  if (of.hasMailTrouble) {
    const busy = { kind: 'answer', stage: 'rcpt', code: 450, message: '4.2.0 Try again' } as const
    sandbox.faults.mail.add({ match: '@family', times: 4, every: 3, trouble: busy })
  }
}

/** Takes a backup with the product's own; `putBack` restores it, as a person does who accepts it. */
export async function backUp(world: World) {
  const { folder, databaseUrl, now } = world
  world.changeKeys(withoutOlderKeys)
  const places = {
    ...{ deliveryUrl: databaseUrl, cmsUrl: databaseUrl.replace('?', '-cms?') },
    ...{ mediaFolder: join(folder, 'media'), folder: join(folder, 'backup'), now },
    secrets: { keys: world.keys(), payloadSecret: 'x'.repeat(32) },
    onProgress: async () => undefined,
  }
  await takeBackup({ ...places, product: 'year' })
  return {
    putBack: async (): Promise<void> => {
      await world.restart(() => restoreBackup({ ...places, isReplacing: true }))
      const { service, delivery } = world.worker()
      await service.syncContent()
      await service.tick()
      await service.poll()
      await service.idle()
      await createBehind(delivery).accept()
    },
  }
}
