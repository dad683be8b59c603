import { takeBackup } from '../backup/takeBackup'
import { japaneseMoment } from '../../src/stage/japaneseDate'
import { readArguments } from './arguments'
import { folderOf, withPlaces } from './backupPlaces'
import type { CliIo } from './commands'
import { nameAndVersion } from '../takeout/productName'

/** `backup`: copies both databases and the pictures, also while everything runs. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, { maxWords: 1 })
  const folder = folderOf(given)
  const product = await nameAndVersion()
  const manifest = await withPlaces(io, (places, { now }) =>
    takeBackup({
      ...places,
      folder,
      now,
      product,
      onProgress: (sentence) => io.err(sentence),
    }),
  )
  if (given.isJson) {
    await io.out(JSON.stringify(manifest, null, 2))
    return 0
  }
  const documents = manifest.collections.reduce((sum, one) => sum + one.documents, 0)
  await io.out(`控えを取りました: ${folder}(${japaneseMoment(manifest.takenAt)} の時点)`)
  await io.out(`${documents.toLocaleString('ja')} 件、画像など ${manifest.media.length} ファイル`)
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
