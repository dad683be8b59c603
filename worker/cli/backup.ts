import { join, resolve } from 'node:path'

import { japaneseMoment } from '../../src/stage/japaneseDate'
import { noteBackup } from '../ledger/backupLog'
import { newestBackup, removeRotated, rotatedName } from '../backup/rotation'
import { connect, takeBackup, type BackupPlaces } from '../backup/takeBackup'
import { verifyBackup } from '../backup/verifyBackup'
import { nameAndVersion } from '../takeout/productName'
import { readArguments, UsageError, type Arguments } from './arguments'
import { folderOf, withPlaces } from './backupPlaces'
import type { CliIo } from './commands'

/**
 * `backup`: copies both databases and the pictures, also while everything runs; into a rotation, of which
 * the old ones go; or puts the newest of a rotation back on trial.
 */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, {
    maxWords: 1,
    options: { into: 'value', verify: 'value' },
  })
  const { into, verify } = given.values
  const ways = [given.words[0], into, verify].filter((way) => way !== undefined)
  if (ways.length > 1) {
    throw new UsageError(
      'フォルダー、--into フォルダー、--verify フォルダーは、どれか 1 つにしてください。',
    )
  }
  return verify === undefined ? take(given, io) : onTrial(resolve(verify), given, io)
}

async function take(given: Arguments, io: CliIo): Promise<number> {
  const { into } = given.values
  const product = await nameAndVersion()
  const { folder, manifest, removed } = await withPlaces(io, async (places, { now, settings }) => {
    const folder = into === undefined ? folderOf(given) : join(resolve(into), rotatedName(now()))
    const onProgress = (sentence: string) => io.err(sentence)
    const manifest = await takeBackup({ ...places, folder, now, product, onProgress })
    await note(places, 'taken', manifest.takenAt)
    const kept = { now: now(), keptDays: settings.keptDays }
    const removed = into === undefined ? [] : await removeRotated(resolve(into), kept)
    return { folder, manifest, removed }
  })
  if (given.isJson) {
    await io.out(JSON.stringify(manifest, null, 2))
    return 0
  }
  const documents = manifest.collections.reduce((sum, one) => sum + one.documents, 0)
  await io.out(`控えを取りました: ${folder}(${japaneseMoment(manifest.takenAt)} の時点)`)
  await io.out(`${documents.toLocaleString('ja')} 件、画像など ${manifest.media.length} ファイル`)
  if (removed.length > 0) await io.out(`古い控えを ${removed.length} 個消しました。`)
  if (!manifest.isOneInstant) {
    await io.out(
      '注意: 二つのデータベースが別のレプリカセットにあるので、同じ時点ではありません。配信側を先に、CMS をそのあとに写しました。',
    )
  }
  await io.out(
    '鍵(KIZUNA_KEYS と PAYLOAD_SECRET)は入っていません。戻すときに要るので、別の場所に保管してください。',
  )
  return 0
}

async function onTrial(place: string, given: Arguments, io: CliIo): Promise<number> {
  const newest = await newestBackup(place)
  const begun = performance.now()
  const verified = await withPlaces(io, async (places, { now }) => {
    const onProgress = (sentence: string) => io.err(sentence)
    const outcome = await verifyBackup({ ...places, folder: newest.folder, now, onProgress })
    await note(places, 'verified', now())
    return outcome
  })
  const seconds = Math.round((performance.now() - begun) / 1000)
  if (given.isJson) await io.out(JSON.stringify({ folder: newest.folder, seconds, ...verified }))
  else {
    await io.out(
      `控え ${newest.folder}(${japaneseMoment(verified.takenAt)} の時点)は、戻せます(${seconds} 秒)。`,
    )
    await io.out(
      `${verified.documents.toLocaleString('ja')} 件と ${verified.files} ファイルを別のデータベースに戻し、${verified.opened.toLocaleString('ja')} 人の連絡先をいまの鍵で開けて、消しました。いまのデータベースには触れていません。`,
    )
  }
  return 0
}

async function note(
  { deliveryUrl }: BackupPlaces,
  what: Parameters<typeof noteBackup>[1],
  at: Date,
): Promise<void> {
  const client = await connect(deliveryUrl)
  await noteBackup(client.db(), what, at).finally(() => client.close())
}
