import { createLocalReq } from 'payload'

import { ALL, loadNumbers } from '../../src/numbers/load'
import { addMonths, monthOf } from '../../src/stage/month'
import { localDayOf } from '../../src/stage/day'
import { insertMonths } from '../src/numbers/insertMonths'
import { periodsAt } from '../../src/statistics/period'
import { openCmsFixture } from './cmsFixture'
import type { Host } from './host'
import { repeat } from './repeat'

/** All municipalities of Japan. */
const TOWNS = 1741
const ROUNDS = 5

/**
 * What the page 「数字」 costs over all municipalities of Japan, in milliseconds of the
 * processor (this process and the database): one of them, and all together for this fiscal year and
 * for the last one. The first round, in which the months are added up, is not counted.
 */
export async function benchNumbers(host: Host): Promise<object> {
  const { payload, users } = await openCmsFixture(host, 'numbers')
  const now = new Date()
  const last = addMonths(monthOf(localDayOf(now)), -1)
  const towns = host.isQuick ? 100 : TOWNS
  const [first] = await insertMonths(payload, { towns, last })
  const settings = { now: () => now, editions: [] }
  const ask = async (municipality: string, period?: string) => {
    const req = await createLocalReq({ user: { ...users.doctor, collection: 'users' } }, payload)
    const { cpuSeconds, databaseCpuSeconds } = await host.measure(async () => {
      const numbers = await loadNumbers(req, { municipality, period }, settings)
      if (numbers?.report.isEmpty !== false) throw new Error('No figures were found')
    })
    return (cpuSeconds + databaseCpuSeconds) * 1000
  }
  const [period] = periodsAt(addMonths(last, 1)).slice(-5)
  try {
    const figures = await repeat(host.isQuick ? 1 : ROUNDS, async () => ({
      oneCpuMs: await ask(first ?? ''),
      allCpuMs: await ask(ALL),
      allYearCpuMs: await ask(ALL, period?.key),
    }))
    return { towns, ...figures }
  } finally {
    await payload.destroy()
  }
}
