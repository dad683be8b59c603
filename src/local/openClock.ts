import {
  createNow,
  practiceClockOf,
  practiceClockProblems,
  systemNow,
  type PracticeClock,
} from '../config/clock'
import { ConfigError, type ClockConfig } from '../config/config'
import { japaneseMoment } from '../stage/japaneseDate'
import { holderOf, type FolderHolder } from './folderLock'
import { databaseIdOf } from './places'

/** The clock of a program: what it shows, and the practice clock behind it, if there is one. */
export interface Clock {
  now: () => Date
  practice: PracticeClock | null
}

/**
 * The clock of a program: the one that a start has handed on, else that of the `npm start` beside
 * it, else its own by the settings.
 *
 * @throws ConfigError when the `npm start` beside it shows another time than the settings ask for.
 */
export async function openClock(config: ClockConfig, ownNow = systemNow): Promise<Clock> {
  const own = practiceClockOf(config, ownNow())
  const beside = config.KIZUNA_CLOCK_SINCE === null ? await clockBeside(config) : null
  if (beside === null) return { now: createNow(own, ownNow), practice: own }
  const { practice } = beside
  if (own !== null && own.at.getTime() !== practice?.at.getTime()) throw otherTime(own, practice)
  const problems = practice === null ? [] : practiceClockProblems(config)
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))
  return { now: createNow(practice, ownNow), practice }
}

/** What an `npm start` notes in its data folder of its clock, for the commands beside it. *Pure.* */
export function notedClock(practice: PracticeClock | null): FolderHolder['clock'] {
  return practice && { at: practice.at.getTime(), since: practice.since.getTime() }
}

/** The clock of the start that runs on the same data folder and database, if there is one. */
async function clockBeside(
  config: ClockConfig,
): Promise<{ practice: PracticeClock | null } | null> {
  const start = await holderOf(config.KIZUNA_DATA_DIR)
  if (!start || start.databaseId !== databaseIdOf(config)) return null
  const { clock } = start
  return { practice: clock && { at: new Date(clock.at), since: new Date(clock.since) } }
}

function otherTime(asked: PracticeClock, running: PracticeClock | null): ConfigError {
  const shown = running
    ? `${japaneseMoment(running.at)} から始まる練習用の時計`
    : 'この機械の本当の時計'
  return new ConfigError(
    `KIZUNA_CLOCK: ${japaneseMoment(asked.at)} から始めるように設定されていますが、同じデータのフォルダーで動いている npm start は、${shown}で動いています。いっしょに使うときは KIZUNA_CLOCK を消してください(動いている時計に合わせます)。別の日で試すときは、npm start を止めてから、その KIZUNA_CLOCK で始めてください。`,
  )
}
