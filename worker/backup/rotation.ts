import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { localDayOf } from '../../src/stage/day'
import { backupsToRemove } from './kept'
import { readManifest } from './restoreBackup'
import { BackupError } from './takeBackup'

/** Names that we give; a folder of another name is somebody else's and is never touched. */
const OWN_NAME = /^kizuna-\d{4}-\d{2}-\d{2}T\d{6}$/

/** A whole backup of the rotation. */
export interface RotatedBackup {
  folder: string
  takenAt: Date
}

/** The name of a backup that is taken at an instant, in the time of Japan. *Pure.* */
export function rotatedName(at: Date): string {
  const time = at.toLocaleTimeString('sv-SE', { timeZone: 'Asia/Tokyo' }).replaceAll(':', '')
  return `kizuna-${localDayOf(at)}T${time}`
}

/** The whole backups of a rotation's folder, newest first; what was broken off is none. */
export async function rotatedBackups(place: string): Promise<RotatedBackup[]> {
  const names = await readdir(place).catch(() => [])
  const found: RotatedBackup[] = []
  for (const name of names.filter((one) => OWN_NAME.test(one))) {
    const folder = join(place, name)
    const manifest = await readManifest(folder).catch(() => null)
    if (manifest) found.push({ folder, takenAt: manifest.takenAt })
  }
  return found.toSorted((one, other) => other.takenAt.getTime() - one.takenAt.getTime())
}

/** The newest whole backup. @throws BackupError when there is none. */
export async function newestBackup(place: string): Promise<RotatedBackup> {
  const [newest] = await rotatedBackups(place)
  if (newest) return newest
  throw new BackupError(
    `フォルダー ${place} に、取り終えた控えがありません。backup --into ${place} で取ってから、もう一度実行してください。`,
  )
}

/** Removes what need not stay; what was broken off is left for a person to look at. Tells the folders. */
export async function removeRotated(
  place: string,
  { now, keptDays }: { now: Date; keptDays: number },
): Promise<string[]> {
  const whole = await rotatedBackups(place)
  const dated = whole.map((one) => ({ ...one, day: localDayOf(one.takenAt) }))
  const over = backupsToRemove(dated, { today: localDayOf(now), keptDays })
  const folders = over.map(({ folder }) => folder)
  for (const folder of folders) await rm(folder, { recursive: true })
  return folders
}
