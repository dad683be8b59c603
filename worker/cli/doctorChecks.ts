import { statfs } from 'node:fs/promises'
import { connect as connectTls } from 'node:tls'

import type { Db } from 'mongodb'

import { systemNow } from '../../src/config/clock'
import { ALERT_WORDS } from '../../src/operation/alertWords'
import { backupWords } from '../../src/operation/backupWords'
import { keyFaultSentences } from '../../src/secret/keyFaults'
import type { DeliveryHalf } from '../app/deliveryHalf'
import { countLiving } from '../app/workerSign'
import { CmsError } from '../content/cms'
import { readBackupLog } from '../ledger/backupLog'
import { failingWords, NOBODY, readOnCall } from '../onCall/onCallStatus'
import { good, unsure, wrong, type Checked, type Seen } from './checked'
import { BY_HAND, checkLine } from './lineChecks'
import { OWN_VERSION, schemaVersionOf } from '../migrations/schemaVersion'
import { readKeyStates } from '../keys/keyStates'
import type { Reader } from '../readers/reader'

/** Where things are, beside the delivery half. */
export interface DoctorPlaces {
  dataDir: string
  publicUrl: string | null
  /** Certificates of authorities besides the machine's own, in PEM; for a test. */
  ca?: string
}

/** Oldest MongoDB that its makers maintained when this was written. https://www.mongodb.com/legal/support-policy/lifecycles */
const OLDEST_MONGODB = 6

/** Contacts that are opened: one wrong key shows in the first. */
const OPENED = 200

/** Below so much room a backup or a log may fill the disk. */
const LEAST_ROOM = { bytes: 2 * 1024 ** 3, share: 0.1 }

/** A certificate is renewed long before this. */
const LEAST_DAYS = 14

/** A page that does not answer in this time does not answer readers either. */
const TIMEOUT_MS = 5000

/** All that can be looked at of an installation, in the order in which it is mended. */
export async function checkAll(delivery: DeliveryHalf, places: DoctorPlaces): Promise<Checked[]> {
  const checks: [string, () => Promise<Seen[]>][] = [
    ['Node.js', async () => [nodeVersion(process.versions.node)]],
    ['MongoDB', async () => [await database(delivery.db)]],
    ['データベースの版', async () => [schemaSeen(await schemaVersionOf(delivery.db))]],
    ['時計', async () => [await clock(delivery)]],
    ['鍵', async () => [await keys(delivery)]],
    ['CMS', async () => [await cms(delivery)]],
    ['worker', async () => [await workers(delivery)]],
    ['登録ページ', async () => publicPage(places)],
    ['LINE', () => lineAccounts(delivery)],
    ['メール', async () => [await relay(delivery)]],
    ['空き', async () => [await room(places.dataDir)]],
    ['控え', async () => [await backup(delivery)]],
    ['当番', () => onCall(delivery)],
  ]
  const found: Checked[] = []
  for (const [check, look] of checks) {
    const seen = await look().catch((error: unknown) => [unseen(error)])
    found.push(...seen.map((one) => ({ check, ...one })))
  }
  return found
}

function unseen(error: unknown): Seen {
  return wrong(`確かめられません(${error instanceof Error ? error.message : String(error)})`)
}

/** The Node.js that this runs on. *Pure.* */
export function nodeVersion(version: string): Seen {
  const major = Number(version.split('.')[0])
  return major >= 20 ? good(`${version}`) : wrong(`${version} です。20 以上にしてください`)
}

async function database(db: Db): Promise<Seen> {
  const { version } = (await db.command({ buildInfo: 1 })) as { version: string }
  const { setName, hosts = [] } = (await db.command({ hello: 1 })) as {
    setName?: string
    hosts?: string[]
  }
  return databaseSeen({ version, setName, members: hosts.length })
}

/** What is to be said of the database. *Pure.* */
export function databaseSeen(of: { version: string; setName?: string; members: number }): Seen {
  const { version, setName, members } = of
  if (Number(version.split('.')[0]) < OLDEST_MONGODB)
    return wrong(`${version} です。${OLDEST_MONGODB} 以上の、保守されている版にしてください`)
  if (!setName) return wrong('レプリカセットではありません。書き込みがひとまとまりになりません')
  return members < 3
    ? unsure(
        `${version}、レプリカセット ${setName}、${members} 台。1 台が壊れても失わないように、3 台にしてください`,
      )
    : good(`${version}、レプリカセット ${setName}、${members} 台`)
}

/** What is to be said of the schema version, which a command brings forward when it opens. *Pure.* */
export function schemaSeen(version: number): Seen {
  return version <= OWN_VERSION
    ? good(`版 ${version}`)
    : wrong(`版 ${version} です。新しいほうのプログラムで始めてください`)
}

async function clock(delivery: DeliveryHalf): Promise<Seen> {
  return (await delivery.clock.isRight())
    ? good('データベースの時計と合っています')
    : wrong(ALERT_WORDS['clock-apart']?.act ?? '')
}

async function keys(delivery: DeliveryHalf): Promise<Seen> {
  const { keys: states, faults } = await readKeyStates(delivery)
  if (faults.length > 0) return wrong(onOneLine(keyFaultSentences(faults)))
  const closed = await closedContacts(delivery)
  if (closed > 0) return wrong(`連絡先のうち ${closed} 件が、KIZUNA_KEYS の鍵で開きません`)
  const old = states.filter(({ isCurrent, left }) => !isCurrent && left > 0)
  if (old.length === 0) return good('KIZUNA_KEYS の鍵で、連絡先が開きます')
  const left = old.map(({ key, left }) => `${key} は残り ${left} 件`).join('、')
  return good(`KIZUNA_KEYS の鍵で、連絡先が開きます。封じ直しています(${left})`)
}

/** How many of the first contacts no key opens. */
async function closedContacts({ db, readers }: DeliveryHalf): Promise<number> {
  const some = await db
    .collection<Reader>('readers')
    .find({ 'identities.0': { $exists: true } })
    .limit(OPENED)
    .toArray()
  const sealed = some.flatMap(({ identities }) => identities).filter((one) => one.sealed !== '')
  return sealed.filter((identity) => {
    try {
      readers.openAddress(identity)
      return false
    } catch {
      return true
    }
  }).length
}

function onOneLine(sentences: string): string {
  return sentences.replace(/\n- /g, '').replace(/。$/, '')
}

async function cms({ cms, contentStore, now }: DeliveryHalf): Promise<Seen> {
  try {
    await cms.acts()
  } catch (error) {
    if (!(error instanceof CmsError)) throw error
    return wrong(`${error.message} CMS_URL と CMS_API_KEY を確かめてください`)
  }
  const { syncedAt } = await contentStore.readState()
  const minutes = syncedAt ? Math.round((now().getTime() - syncedAt.getTime()) / 60_000) : null
  return minutes !== null && minutes <= 15
    ? good(`答えます(最後に受け取ったのは ${minutes} 分前)`)
    : unsure('答えますが、15 分より長く受け取っていません。worker が動いているかを見てください')
}

async function workers(delivery: DeliveryHalf): Promise<Seen> {
  const count = await countLiving(delivery)
  if (count === 0) return wrong('動いていません。npm run start:worker で始めてください')
  return count === 1
    ? unsure('1 つ動いています。止まっても届くように、2 つにしてください')
    : good(`${count} つ動いています`)
}

async function publicPage({ publicUrl, ca }: DoctorPlaces): Promise<Seen[]> {
  if (publicUrl === null) return [unsure('PUBLIC_URL がありません(練習)')]
  const url = new URL(publicUrl)
  if (url.protocol !== 'https:')
    return [wrong(`${publicUrl} は https ではありません。読者の答えが、途中で読まれます`)]
  const days = await certificateDays(url, ca)
  return [
    days < LEAST_DAYS
      ? wrong(`証明書が、あと ${days} 日で切れます。更新してください`)
      : good(`証明書は、あと ${days} 日`),
  ]
}

/** How many days the certificate of an address is good for; throws where it is not trusted. */
function certificateDays({ hostname, port }: URL, ca?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { host: hostname, port: Number(port || 443), servername: hostname, ca }
    const socket = connectTls(options, () => {
      const { valid_to } = socket.getPeerCertificate()
      socket.end()
      resolve(Math.floor((Date.parse(valid_to) - systemNow().getTime()) / 86_400_000))
    })
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error(`${hostname} が答えません`)))
    socket.on('error', reject)
  })
}

async function lineAccounts(delivery: DeliveryHalf): Promise<Seen[]> {
  await delivery.syncedContent.refresh()
  const accounts = delivery.syncedContent.lines()
  if (accounts.length === 0) return [unsure('LINE アカウントがありません')]
  const seen: Seen[] = []
  for (const account of accounts) {
    const found = await checkLine(delivery, account)
    const told = found.filter(({ check, state }) => state !== 'good' && check !== BY_HAND)
    for (const { state, found: words } of told)
      seen.push({ state, found: `${account.basicId}: ${words}` })
    if (told.length === 0) seen.push(good(`${account.basicId}: つながり、Webhook が来ます`))
  }
  return seen
}

async function relay({ mail }: DeliveryHalf): Promise<Seen> {
  return (await mail.verify())
    ? good('中継サーバーが答え、ログインできます。届くかは、mail check で見ます')
    : wrong('中継サーバーが答えないか、ログインできません。SMTP_URL を確かめてください')
}

async function room(dataDir: string): Promise<Seen> {
  const { bavail, blocks, bsize } = await statfs(dataDir)
  return roomSeen({ free: bavail * bsize, all: blocks * bsize })
}

/** What is to be said of the room on a disk, in bytes. *Pure.* */
export function roomSeen({ free, all }: { free: number; all: number }): Seen {
  const gigabytes = `${(free / 1024 ** 3).toFixed(1)} GB`
  const isLittle = free < LEAST_ROOM.bytes || free < all * LEAST_ROOM.share
  return isLittle ? wrong(`${gigabytes} しかありません。空けてください`) : good(gigabytes)
}

/** Whom nobody tells, and where nothing arrives. */
async function onCall({ db, onCallWays }: DeliveryHalf): Promise<Seen[]> {
  const { ways, failing } = await readOnCall(db, onCallWays)
  if (ways.length === 0) return [unsure(NOBODY)]
  return failing.length > 0
    ? failing.map((one) => wrong(failingWords(one)))
    : [good(`${ways.join('、')} に知らせます。届くかは、on-call --test で見ます`)]
}

async function backup({ db, now }: DeliveryHalf): Promise<Seen> {
  const { takenAt, verifiedAt } = await readBackupLog(db)
  const told = {
    takenAt: takenAt?.toISOString() ?? null,
    verifiedAt: verifiedAt?.toISOString() ?? null,
  }
  const words = backupWords({ backup: told, at: now().toISOString() }).replace(/。$/, '')
  return words.includes('→') || takenAt === null ? wrong(words) : good(words)
}
