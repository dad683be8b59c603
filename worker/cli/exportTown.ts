import { open, rm } from 'node:fs/promises'
import { Writable } from 'node:stream'

import { openTakeoutCms } from '../../src/cli/takeoutCms'
import type { TakeoutManifest } from '../../src/archive/manifest'
import { newPassphrase } from '../../src/archive/passphrase'
import { tablePath } from '../takeout/tables'
import { takeOut } from '../takeout/takeOut'
import { UsageError } from './arguments'
import type { CliIo } from './commands'
import { withDelivery } from './openCommand'
import { nameAndVersion } from '../takeout/productName'

/** `export municipality CODE FILE.zip`, its arguments as typed. */
export interface ExportTownArgs {
  code: string | undefined
  file: string | undefined
  isJson: boolean
}

/** Writes all that is a municipality's into one encrypted file and shows once what opens it. */
export async function exportTown(args: ExportTownArgs, io: CliIo): Promise<number> {
  const { code = '', file, isJson } = args
  if (!/^\d{6}$/.test(code)) {
    throw new UsageError('自治体コード(6 桁)を指定してください(例: 394998)。')
  }
  if (!file || !/\.zip$/i.test(file)) {
    throw new UsageError('書き出すファイルの名前を .zip で指定してください。')
  }
  const passphrase = newPassphrase()
  const manifest = await written({ code, file, passphrase }, io)
  if (typeof manifest === 'string') {
    await io.err(`kizuna export municipality: ${manifest}`)
    return 1
  }
  if (isJson) await io.out(JSON.stringify({ file, passphrase, ...manifest }))
  else for (const line of linesOf(manifest, { file, passphrase })) await io.out(line)
  return 0
}

interface Writing {
  code: string
  file: string
  passphrase: string
}

/** What was written, or why nothing was; half a file is taken away. */
async function written(
  { code, file, passphrase }: Writing,
  io: CliIo,
): Promise<TakeoutManifest | string> {
  const product = await nameAndVersion()
  const cms = await openTakeoutCms(io.env, io.ownNow)
  try {
    const municipality = await cms.town(code)
    if (!municipality) {
      return `自治体コード「${code}」は登録されていません。6 桁のコードを確かめてください。`
    }
    const part = await cms.part(municipality.id)
    return await withDelivery(io, async ({ db, ring, now }) => {
      const handle = await open(file, 'wx', 0o600).catch(whyNot)
      if (typeof handle === 'string') return `${file} ${handle}`
      const target = Writable.toWeb(handle.createWriteStream())
      const options = { db, ring, now, product, municipality, cms: part, passphrase, target }
      return takeOut(options).catch(async (error: unknown) => {
        await rm(file, { force: true }) // it is ours, and half of one
        throw error
      })
    })
  } finally {
    await cms.close()
  }
}

/** Why a file cannot be begun; one that is there already stays as it is. *Pure.* */
function whyNot(error: NodeJS.ErrnoException): string {
  return error.code === 'EEXIST'
    ? 'はもうあります。消すか、別の名前にしてください。'
    : 'に書けません。場所と名前、空きを確かめてください。'
}

/** What a person is told of a file that was written. *Pure.* */
function linesOf(
  { municipality: { name }, isFinal, files }: TakeoutManifest,
  { file, passphrase }: Pick<Writing, 'file' | 'passphrase'>,
): string[] {
  const linesIn = (table: string) =>
    (files.find(({ path }) => path === tablePath({ name: table }))?.lines ?? 0).toLocaleString('ja')
  return [
    `${name}のすべてを ${file} に書き出しました(読者 ${linesIn('readers')} 人、子 ${linesIn('children')} 人、配信 ${linesIn('deliveries')} 通、ほか)。`,
    `開くための言葉: ${passphrase}`,
    'この言葉は、ここにしか出ません。書きとめて、ファイルとは別の方法で渡してください。7-Zip などで開けます。',
    ...(isFinal
      ? []
      : [
          '注意: 配信か LINE アカウントの引っ越しが続いているので、これは写しです。ほかの kizuna に持ち込むには、配信をお休みにし、どちらも終わってから、もう一度書き出してください。',
        ]),
  ]
}
