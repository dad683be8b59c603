import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'

import { practiceClockOf } from '../../../src/config/clock'
import { ConfigError, parseConfig, type Config } from '../../../src/config/config'
import { lockDataFolder } from '../../../src/local/folderLock'
import { notedClock, openClock } from '../../../src/local/openClock'
import { placesOf } from '../../../src/local/places'

const START = new Date('2026-11-27T08:00:00Z')
const LATER = new Date(START.getTime() + 60_000)
const FIRST = '2026-12-01T10:00+09:00'
let dataDir = ''
let stop: () => Promise<void> = async () => undefined

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kizuna-clock-'))
})
afterEach(async () => {
  await stop()
  await rm(dataDir, { recursive: true })
})

const settings = (env: Record<string, string>) => parseConfig({ KIZUNA_DATA_DIR: dataDir, ...env })

/** As `npm start` does, at 17:00 in Japan. */
async function start(env: Record<string, string>): Promise<Config> {
  const config = settings(env)
  const practice = practiceClockOf(config, START)
  const [places, clock] = [placesOf(config), notedClock(practice)]
  stop = (await lockDataFolder({ dataDir, places, clock, now: () => START })).release
  return { ...config, KIZUNA_CLOCK_SINCE: practice?.since ?? null }
}

/** What a program shows that starts a minute later. */
const shown = async (config: Config) => (await openClock(config, () => LATER)).now().toISOString()

test('a program alone goes by its own settings, and needs no folder', async () => {
  expect(await shown(settings({}))).toBe(LATER.toISOString())
  expect(await shown(settings({ KIZUNA_CLOCK: FIRST }))).toBe('2026-12-01T01:00:00.000Z')
  const nowhere = settings({ KIZUNA_DATA_DIR: join(dataDir, 'none') })
  expect(await shown(nowhere)).toBe(LATER.toISOString())
})

describe('beside a start with a practice clock', () => {
  test('its programs and the commands show what it shows', async () => {
    const own = await start({ KIZUNA_CLOCK: FIRST })
    for (const config of [own, settings({}), settings({ KIZUNA_CLOCK: FIRST })]) {
      expect(await shown(config)).toBe('2026-12-01T01:01:00.000Z')
    }
  })

  test('a command with another time is refused, with what to do', async () => {
    await start({ KIZUNA_CLOCK: FIRST })
    const other = openClock(settings({ KIZUNA_CLOCK: '2026-12-24T18:00+09:00' }), () => LATER)
    await expect(other).rejects.toThrow(ConfigError)
    await expect(other).rejects.toThrow(
      '2026年12月24日(木) 18:00 から始めるように設定されていますが、同じデータのフォルダーで動いている npm start は、2026年12月1日(火) 10:00 から始まる練習用の時計で動いています',
    )
  })

  test('a command that would reach real people is refused', async () => {
    await start({ KIZUNA_CLOCK: FIRST })
    const real = { ...settings({}), LINE_API_URL: 'https://api.line.me' }
    await expect(openClock(real, () => LATER)).rejects.toThrow('「api.line.me」')
  })

  test('another database has nothing to do with it', async () => {
    await start({ KIZUNA_CLOCK: FIRST })
    const elsewhere = settings({ DATABASE_URL: 'mongodb://127.0.0.1/other?replicaSet=rs' })
    expect(await shown(elsewhere)).toBe(LATER.toISOString())
  })

  test('when it has ended, its time has too', async () => {
    await start({ KIZUNA_CLOCK: FIRST })
    await stop()
    stop = async () => undefined
    expect(await shown(settings({}))).toBe(LATER.toISOString())
  })
})

test('beside a start in real time no command runs in another', async () => {
  await start({})
  expect(await shown(settings({}))).toBe(LATER.toISOString())
  const practice = openClock(settings({ KIZUNA_CLOCK: FIRST }), () => LATER)
  await expect(practice).rejects.toThrow('npm start は、この機械の本当の時計で動いています')
})
