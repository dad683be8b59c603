import { keyFaultSentences } from '../../src/secret/keyFaults'
import { japaneseDayOf } from '../../src/stage/japaneseDate'
import type { DeliveryHalf } from '../app/deliveryHalf'
import { countLiving } from '../app/workerSign'
import { findKeyFaults, titleOf } from '../keys/keyCheck'
import { readKeyStates, type KeyState, type KeyStates } from '../keys/keyStates'
import { moveIndex, openSurveys } from '../keys/moveIndex'
import { readArguments } from './arguments'
import type { CliIo } from './commands'
import { withDelivery } from './openCommand'

/**
 * `keys`: what each key has sealed, and which may be taken out; 1 where one is missing. `--move-index`
 * moves what is hashed to a new index key.
 */
export async function run(args: string[], io: CliIo): Promise<number> {
  const { isJson, flags } = readArguments(args, { options: { 'move-index': 'flag' } })
  if (flags.has('move-index')) return withDelivery(io, (half) => move(half, io), ANY_KEYS)
  const states = await withDelivery(io, readKeyStates, ANY_KEYS)
  const lines = isJson ? [JSON.stringify(states)] : keyLines(states)
  for (const line of lines) await io.out(line)
  return states.faults.length > 0 ? 1 : 0
}

const ANY_KEYS = { takesAnyKeys: true }

async function move(delivery: DeliveryHalf, io: CliIo): Promise<number> {
  const faults = (await findKeyFaults(delivery)).filter(({ kind }) => kind !== 'unmoved')
  if (faults.length > 0) throw new Error(keyFaultSentences(faults))
  if ((await countLiving(delivery)) > 0) throw new Error(AT_WORK)
  const endsOn = (await openSurveys(delivery)).at(-1)
  if (endsOn) throw new Error(surveyOpen(endsOn))
  const count = await moveIndex(delivery)
  await io.out(
    count === 0 ? NOTHING_TO_MOVE : `${count} 件を新しい検索用の鍵に移しました。${START}`,
  )
  return 0
}

const AT_WORK =
  'worker が動いています。worker・web・CMS をすべて止めて(止めてから 1 分待って)、もう一度実行してください。'
const NOTHING_TO_MOVE =
  '移すものはありません。検索用の鍵を替えるときは、KIZUNA_KEYS を index:新しい鍵,index-1:いままでの鍵,k1:… の形にしてから実行します。'
const START = 'すべてのプログラムを、この鍵で始めてください。index-1 は、抜かずに残します。'

function surveyOpen(endsOn: string): string {
  return `答えている途中のアンケートがあります(${japaneseDayOf(`${endsOn}T00:00:00+09:00`)} まで)。同じ人が二度答えられてしまうので、終わってから移してください。`
}

/** What is said of the keys of an installation. *Pure.* */
export function keyLines({ keys, faults }: KeyStates): string[] {
  return [
    ...(faults.length > 0 ? keyFaultSentences(faults).split('\n') : []),
    ...keys.map((state) => `鍵 ${state.key}: ${stateWords(state)}`),
    INDEX,
    ...(keys.length > 1 ? [CMS, BACKUPS] : [ALONE]),
  ]
}

const INDEX = '鍵 index: 連絡先を探すための鍵です。替え方は README の「鍵を替える」にあります。'
const ALONE =
  '鍵を替えるときは、すべてのプログラムを止め、KIZUNA_KEYS の index の次に新しい鍵を足して(前の鍵は後ろに残して)始めます。あとは worker が封じ直します。'
const CMS =
  'CMS の LINE の秘密と二段階認証の鍵は、CMS を新しい鍵で始めたときに封じ直します。前の鍵を抜く前に、CMS を一度始め直してください(残っていれば、抜いたあとの CMS は始まらず、そう言います)。'
const BACKUPS =
  '前の鍵のときの控えを戻すには、その鍵が要ります。抜いた鍵も、その控えを捨てるまで、別の場所に取っておいてください。'

function stateWords(state: KeyState): string {
  const { isCurrent, left, linksUntil, mayGo } = state
  const what = contentWords(state)
  if (isCurrent) return `いま封じている鍵です(${what})。抜けません。`
  if (left > 0) return `残り ${left} 件(${what})。まだ抜けません。worker が封じ直しています。`
  if (linksUntil === null) return UNUSED
  if (mayGo) return '抜いてかまいません。データベースにも、期限の中のメールのリンクにも要りません。'
  return `データベースには残っていません。抜くのは ${japaneseDayOf(linksUntil)} のあとにしてください。その前に抜くと、いままでに届いたメールの「止める・休む」のリンクが開きません。鍵が漏れたおそれがあるときは、待たずに抜きます。`
}

const UNUSED =
  'この鍵で封じたものはありません。新しい鍵なら、KIZUNA_KEYS の index の次に置くと使い始めます。前の鍵なら、worker を一度始めると、いつ抜けるかが分かります。'

function contentWords({ sealed }: KeyState): string {
  if (sealed.length === 0) return 'まだ何も封じていません'
  return sealed.map((one) => `${titleOf(one)} ${one.count}`).join('、')
}
