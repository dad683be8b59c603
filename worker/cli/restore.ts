import { holderOf } from '../../src/local/folderLock'
import { localDayOf } from '../../src/stage/day'
import { dayLabel } from '../../src/stage/japaneseDate'
import { readManifest, restoreBackup } from '../backup/restoreBackup'
import { runningPrograms } from '../backup/running'
import { BackupError, connect } from '../backup/takeBackup'
import { readArguments } from './arguments'
import { folderOf, withPlaces } from './backupPlaces'
import type { CliIo } from './commands'

/** `restore`: puts a backup into empty databases; deliveries then wait for `resume`. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, { maxWords: 1, options: { replace: 'flag' } })
  const folder = folderOf(given)
  await readManifest(folder) // before a database is started for it
  const manifest = await withPlaces(io, async (places, { now, settings }) => {
    const holder = await holderOf(settings.dataDir)
    const addresses = [
      { name: 'CMS', url: settings.cmsUrl },
      { name: '登録ページ', url: `http://127.0.0.1:${settings.webPort}/healthz` },
    ]
    const client = await connect(places.deliveryUrl)
    const running = await runningPrograms({
      delivery: client.db(),
      addresses,
      holder,
      now,
    }).finally(() => client.close())
    if (running.length > 0) {
      throw new BackupError(
        `動いているプログラムがあるので、戻しませんでした: ${running.join('、')}。すべて止めて、1 分たってからもう一度実行してください。`,
      )
    }
    return restoreBackup({
      ...places,
      folder,
      isReplacing: given.flags.has('replace'),
      now,
      onProgress: (sentence) => io.err(sentence),
    })
  })
  if (given.isJson) await io.out(JSON.stringify({ takenAt: manifest.takenAt, isPaused: true }))
  else {
    await io.out(`${dayLabel(localDayOf(manifest.takenAt))}の控えから戻しました。`)
    if (!given.flags.has('replace')) await io.out(ERASED_ARE_BACK)
    await io.out(
      'すべての配信は止まっています。npm start のあと、npm run --silent kizuna -- status で分からないことを確かめ、npm run --silent kizuna -- resume --accept-restore で再開してください。',
    )
  }
  return 0
}

/** An empty database knows nobody who was erased. */
const ERASED_ARE_BACK =
  '空のデータベースに戻したので、この控えのあとに自分でデータを消した人も、戻っています。だれかは分かりません。再開の前に、このことを自治体と相談してください。'
