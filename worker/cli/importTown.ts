import { openTakeoutCms, type TakeoutCms } from '../../src/cli/takeoutCms'
import { ArchiveError, openArchive, type OpenArchive } from '../../src/archive/encryptedZip'
import type { TakeoutManifest } from '../../src/archive/manifest'
import { readPassphrase } from '../../src/archive/passphrase'
import type { DeliveryHalf } from '../app/deliveryHalf'
import { assertWhole, readTakeout, takeIn, takeinFault, type Brought } from '../takeout/takeIn'
import type { CliIo } from './commands'
import { withDelivery } from './openCommand'

/** `import municipality FILE.zip`, its arguments already read. */
export interface ImportTownArgs {
  path: string
  isDryRun: boolean
  isJson: boolean
}

/** Brings a municipality from another installation: its readers and ledger, its texts and numbers. */
export async function importTown(args: ImportTownArgs, io: CliIo): Promise<number> {
  const passphrase = readPassphrase(await io.readLine(PROMPT))
  try {
    return await withArchive(args.path, passphrase, async (archive) => {
      const manifest = await readTakeout(archive)
      const cms = await openTakeoutCms(io.env, io.ownNow)
      try {
        return await withDelivery(io, (delivery) =>
          bring({ ...args, archive, manifest, cms, delivery }, io),
        )
      } finally {
        await cms.close()
      }
    })
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error
    await io.err(`kizuna import municipality: ${error.message}`)
    return 1
  }
}

const PROMPT = '開くための言葉(持ち出したときに表示された 30 文字)を入れて Enter を押してください。'

async function withArchive(
  path: string,
  passphrase: string,
  use: (archive: OpenArchive) => Promise<number>,
): Promise<number> {
  const archive = await openArchive(path, passphrase)
  try {
    return await use(archive)
  } finally {
    await archive.close()
  }
}

interface Bringing extends ImportTownArgs {
  archive: OpenArchive
  manifest: TakeoutManifest
  cms: TakeoutCms
  delivery: DeliveryHalf
}

async function bring(bringing: Bringing, io: CliIo): Promise<number> {
  const { archive, manifest, cms, delivery, isDryRun, isJson } = bringing
  const { db, ring, now } = delivery
  const there = await cms.town(manifest.municipality.code)
  const fault = await takeinFault({ db, manifest }, there?.isActive ?? false)
  if (fault) {
    await io.err(`kizuna import municipality: ${fault}`)
    return 1
  }
  await assertWhole(archive, manifest) // before anything is taken away for it
  if (isDryRun) {
    const files = manifest.files.map(
      ({ path, lines }) => `  ${path}: ${lines.toLocaleString('ja')} 件`,
    )
    await io.out(
      isJson
        ? JSON.stringify(manifest)
        : [`${manifest.municipality.name}を持ち込めます。`, ...files].join('\n'),
    )
    return 0
  }
  const documents = await cms.bring(archive, manifest)
  const people = await takeIn({ db, ring, now, archive, manifest })
  if (isJson)
    await io.out(JSON.stringify({ municipality: manifest.municipality, people, documents }))
  else for (const line of broughtLines(manifest, people, documents)) await io.out(line)
  return 0
}

/** What a person is told of what was brought, and what is to be done next. *Pure.* */
function broughtLines(
  { municipality: { name, code } }: TakeoutManifest,
  people: Brought,
  { brought, left }: Awaited<ReturnType<TakeoutCms['bring']>>,
): string[] {
  const number = (count: number | undefined) => (count ?? 0).toLocaleString('ja')
  const behind = Object.values(left).reduce((sum, count) => sum + count, 0)
  return [
    `${name}(${code})を持ち込みました: 読者 ${number(people.readers)} 人、子 ${number(people.children)} 人、配信の記録 ${number(people.deliveries)} 通、自治体原稿 ${number(brought['kizuna-add-ons'])} 件、月の数字 ${number(brought['kizuna-statistics'])} か月。`,
    `ファイルにだけ残したもの: 確定版、読者の声、緊急のお知らせ、職員、監修の依頼と予約${behind > 0 ? `、ほか ${number(behind)} 件(もとの監修チームの共通のアンケートの結果など)` : ''}。前に持ち込んだ自治体原稿や数字は、ここにあるもののままです。`,
    '配信は止まったままです。だれにも何も送っていません。つぎのことを、この順にしてください。',
    '1. 管理画面の「自治体」で、LINE アカウントと、使うシリーズを選ぶ。LINE は、もとと同じプロバイダーのアカウントなら、そのまま届きます。',
    '2. 自治体原稿は下書きです。前の承認は記録として残っています。あらためて監修に出す。',
    '3. 画面で内容を確かめてから、「配信する」を入れる。もう届いた文は、二度届きません。',
    '4. もとのしくみは、古いメールの停止リンクのために、しばらく残しておく。',
  ]
}
