import type { Filter } from 'mongodb'

import { idsWithin } from '../database/idsWithin'
import type { Batch, Delivery, Exclusion, MergedSlots, Run } from '../ledger/documents'
import type { StoredPayload } from '../ledger/documents'
import type { ChangeCounter, CounterEntry } from '../readers/collections'
import type { FormUse } from '../readers/formUse'
import type { Pair } from '../readers/pair'
import type { Child } from '../readers/reader'
import type { StoredReport } from '../report/dailyReports'
import type { StoredMonth } from '../report/monthFigures'
import type { TakenReader } from './takenReader'

/** A document of the delivery database. */
export interface TakenDocument {
  _id: string
  municipality?: string
}

/** A collection of the delivery database, as far as it is one municipality's. */
export interface TakenTable {
  /** Name of the collection, and of the file. */
  name: string
  /** What its documents are, for people. */
  title: string
  /** What each field says, for whoever reads the file with another program. */
  fields: Readonly<Record<string, string>>
  /** The documents of a municipality, by its code. */
  own: (code: string) => Filter<TakenDocument>
}

/** Where an archive has the documents of a table. *Pure.* */
export function tablePath({ name }: Pick<TakenTable, 'name'>): string {
  return `delivery/${name}.ndjson`
}

/** Every field of a document has its sentence: TypeScript sees to it. */
type Fields<T> = Record<keyof T & string, string>

/** Names of the fields that any of several forms has. */
type KeyOfAny<T> = T extends unknown ? keyof T & string : never

const ofTown = (code: string) => ({ municipality: code })
const byId = (code: string) => ({ _id: idsWithin(code) })
/** Ids that begin with the code and `|`, which `}` follows. */
const byBarredId = (code: string) => ({ _id: { $gte: `${code}|`, $lt: `${code}}` } })
const itself = (code: string) => ({ _id: code })

const CODE = '自治体コード(6 桁)'
const CHANGED = '最後に変わった日時'
const NUMBER = 'その自治体の何番目の変更か'

const READERS: Fields<TakenReader> = {
  _id: '読者の番号',
  municipality: CODE,
  edition: '版(standard=ふつう、easy=やさしい日本語、english=英語)',
  relation: '続柄(mother、father、grandparent、other)',
  area: '地区。なければ null',
  source: '登録のきっかけの符号か、読者が答えた機会(handbook、pediatrics など)。なければ null',
  consentedAt: '同意した日時',
  consentVersion: '同意した文面の版',
  consentBasis: '同意の取り方。登録ページでの同意なら、ない',
  status: 'active=受け取っている、stopped=止めた',
  rest: '自分で決めたお休み(until=この日まで)',
  wishes: '届き方の希望(届く時刻、まとめて など)',
  support: '止めたあとに頼んだ、気持ちによりそう文(from=頼んだ日、child=子の番号)',
  announce: '送り手が変わったお知らせ(on、child、municipality、until)。済んでいれば、ない',
  wishedWith: '希望を変えた変更の番号',
  isForgotten: '止めてから長くたち、連絡先も答えも消した人なら true',
  isErased: '自分でデータを消した人なら true',
  identities:
    '連絡先。channel=line か mail、account=LINE のプロバイダー名か mail、address=連絡先(消した人は null)、status=active・blocked(ブロック)・suppressed(届かない)、refusal=送ってはいけない理由(bounced=戻ってきた、complained=迷惑メールとされた、notTaken=受け取られない、byStaff=職員が止めた)と日時',
  fallbackSince: 'LINE に移ったあと、メールを控えとして残し始めた日時',
  contactSince: '連絡先が変わった日時',
  joinedTo: 'いっしょになった、もう一つの登録の番号',
  beganAt: 'ほかの町から移ってきた人が、はじめに同意した日時',
  createdAt: '登録した日時',
  changedAt: CHANGED,
  changeNumber: NUMBER,
}

const CHILDREN: Fields<Child> = {
  _id: '子の番号',
  municipality: CODE,
  readers: 'この子の文を受け取る読者の番号',
  left: '前に受け取っていて、いまは受け取らない読者の番号',
  sameAs: '同じ子として登録された、もう一つの子の番号',
  dueDate: '出産予定日',
  birthDate: '誕生日',
  entryDate: '読者が選んだ入学日(4 月 1 日)',
  corrected: '修正月齢を選んだ読者の番号',
  keepers: '日付を変えてよい読者の番号',
  isApart: '日付の近いほかの子とは別の子(ふたごなど)なら true',
  elsewhere: '前のしくみで配信済みの日(through)と、そのときの日付',
  status: 'active=続いている、stopped=止めた',
  createdAt: '登録した日時',
  changedAt: CHANGED,
  changeNumber: NUMBER,
}

const PAIRS: Fields<Pair> = {
  _id: '組の番号(自治体コード:番号)。配信の記録は、この番号で読者と子を指します',
  municipality: CODE,
  reader: '読者の番号。消した人と、ほかの町へ移った人は空',
  child: '子の番号。消した人と、ほかの町へ移った人は空',
  former: '同じ二人の、この町での前の組の番号',
  isActive: '続いていれば true',
  createdAt: '子を登録した日時',
  unlinkedAt: 'だれのものでもなくなった日時',
  dueDate: '出産予定日',
  birthDate: '誕生日',
  entryDate: '選んだ入学日',
  isCorrected: '修正月齢なら true',
  supportFrom: '気持ちによりそう文を頼んだ日',
  announceOn: '送り手が変わったことを知らせる日',
  isChanged: '日付が前と違えば true',
  elsewhere: '前のしくみで配信済みの日',
  isSpecial: '一人ずつ計画する組なら true',
  anchor: '数え始める日(born=誕生日、due=予定日)',
  cell: '届くものを決める、版・地区・届け先のまとまり',
}

const RUNS: Fields<Run> = {
  _id: '配信の番号(自治体コード:日付、登録直後は :welcome:読者、緊急は :urgent:番号)',
  municipality: CODE,
  date: '配信の日',
  kind: 'daily=毎日、welcome=登録直後、urgent=緊急',
  alert: '緊急のお知らせの番号',
  reader: '登録直後の配信の、読者の番号',
  hasNoGreeting: 'あいさつのない配信なら true',
  state: 'requested、planning、sending=途中、done=終わり、held=保留',
  isForced: '時刻を待たない配信なら true',
  isStale: '日が過ぎて送らなかったなら true',
  isAgain: '途中でもう一度頼まれたなら true',
  epoch: '受け持った回数',
  leaseUntil: '受け持ちの期限',
  owner: '受け持つプログラム',
  wakeAt: 'この日時までは何もしない',
  opensAt: '送り始めてよい日時(LINE とメール)',
  closesAt: '送り終える日時(LINE とメール)',
  attempts: '計画した回数',
  sealed: '終わった計画の番号',
  plan: '計画の数(candidates=候補、deliveries=配信、exclusions=送らなかった理由ごと)',
  hold: '保留の理由',
  requestedAt: '頼まれた日時',
  plannedAt: '計画した日時',
  plannedWith: '計画が見た変更の番号',
  finishedAt: '終わった日時',
  republished: '取り下げのあと、また公開された文の番号',
  isUnchecked: 'まだ台帳と突き合わせていなければ true',
}

const BATCHES: Fields<Batch> = {
  _id: 'まとまりの番号(配信の番号/計画.番号)',
  run: '配信の番号',
  municipality: CODE,
  date: '配信の日',
  attempt: '計画の番号',
  plannedWith: '計画が見た変更の番号',
  channel: 'line か mail',
  account: 'LINE アカウントの番号か、差出人のアドレス',
  payload: '文面の番号',
  recipients: '送り先(deliveries の番号)',
  leftOut: '入りきらなかった自治体原稿の数',
  retryKey: 'LINE の再送の鍵',
  state:
    'accepted=受け付けられた、rejected=断られた、settled=一通ごと、expired=期限切れ、excluded=送らない、unknown=分からない、ほかは途中',
  reason: '送らなかった理由',
  epoch: '受け持ちの番号',
  tries: '試した回数',
  notBefore: 'この日時までは送らない',
  firstTriedAt: 'はじめに試した日時',
  firstTriedWith: 'そのときに見た変更の番号',
  left: '除いた送り先',
  toHash: '答えのなかった宛先の指紋',
  code: '答えの符号',
  freed: '計画し直した送り先の数',
}

const DELIVERIES: Fields<Delivery> = {
  _id: '配信の番号(自治体コード:ステージ:組の番号)。同じ番号は二度と送りません',
  batch: 'まとまりの番号。日付・文面・送り方はそこにあります',
  status: '一通ごとの結果。なければ、まとまりの state のとおり',
  reason: '送らなかった理由',
  code: '答えの符号',
  epoch: '受け持ちの番号',
  at: '結果の日時',
}

const EXCLUSIONS: Fields<Exclusion> = {
  _id: '配信の番号|候補の番号',
  run: '配信の番号',
  date: '配信の日',
  delivery: '候補の番号(送ったなら deliveries にある番号)',
  attempt: '計画の番号',
  reason: '送らなかった理由',
  into: 'まとめられた先の番号',
  covers: '代わりに届いた番号',
  until: '後の計画で送ることになった、その計画の番号',
}

const PAYLOADS: Record<KeyOfAny<StoredPayload>, string> = {
  _id: '文面の番号',
  usedOn: '最後に使った日',
  contentHashes: '監修を受けた内容の指紋',
  releaseKeys: '確定版の番号',
  channel: 'line か mail',
  messages: 'LINE に送った文',
  mail: 'メールの文',
}

const MERGED: Fields<MergedSlots> = { _id: CODE, slots: 'ほかの文にまとめられたことのあるステージ' }

const COUNTERS: Fields<ChangeCounter> = {
  _id: CODE,
  last: '最後の変更の番号',
  pairs: '最後の組の番号',
}

const COUNTER_LOG: Fields<CounterEntry> = {
  _id: '記録の番号',
  at: '日時',
  by: '職員の番号(cms/users にあります)',
  municipality: CODE,
  act: '窓口でしたこと',
  reader: '読者の番号',
  child: '子の番号',
  detail: '変えた項目の名前',
  index: '持ち出しません',
  removeAt: '消える日時',
}

const MONTHS: Fields<StoredMonth> = {
  _id: '自治体コード|年-月',
  municipality: CODE,
  month: '年-月',
  figures: 'その月の数字(5 に満たない数は隠してあります)',
  madeAt: '数えた日時',
  pushedAt: '管理画面に渡した日時',
}

const REPORTS: Fields<StoredReport> = {
  _id: '自治体コード:日付:種類',
  municipality: CODE,
  date: '日付',
  numbers: 'その日の数(隠した数は null)',
  isFinal: '日が終わってからの数なら true',
  withdrawals: '取り下げの数',
  notices: 'お知らせごとの数',
  forecast: 'このあとの見込み',
  madeAt: '数えた日時',
  pushedAt: '管理画面に渡した日時',
}

const FORM_USES: Fields<FormUse> = {
  _id: '自治体コード|年-月。きっかけごとの数は、その後に |きっかけの符号',
  opened: '登録ページが開かれた数',
  started: '最初の答えが入った数',
  removeAt: '消える日時',
}

/** The collections an archive has, in the order of its files. */
export const TAKEN_TABLES: readonly TakenTable[] = [
  { name: 'readers', title: '読者(同意・連絡先・希望)', fields: READERS, own: ofTown },
  { name: 'children', title: '子(予定日・誕生日)', fields: CHILDREN, own: ofTown },
  { name: 'pairs', title: '読者と子の組', fields: PAIRS, own: byId },
  { name: 'runs', title: '配信(日ごと)', fields: RUNS, own: byId },
  { name: 'batches', title: '配信のまとまり', fields: BATCHES, own: byId },
  { name: 'deliveries', title: '配信(一通ごと)', fields: DELIVERIES, own: byId },
  { name: 'exclusions', title: '送らなかった候補', fields: EXCLUSIONS, own: byId },
  { name: 'mergedSlots', title: 'まとめられた文', fields: MERGED, own: itself },
  { name: 'changeCounters', title: '番号の最後', fields: COUNTERS, own: itself },
  { name: 'counterLog', title: '窓口の記録', fields: COUNTER_LOG, own: ofTown },
  { name: 'monthFigures', title: '月の数字', fields: MONTHS, own: ofTown },
  { name: 'reports', title: '日の数字', fields: REPORTS, own: ofTown },
  { name: 'formUses', title: '登録ページの使われ方', fields: FORM_USES, own: byBarredId },
]

/** The texts as they were sent: those that a municipality's batches name. */
export const PAYLOAD_TABLE: Omit<TakenTable, 'own'> = {
  name: 'payloads',
  title: '送った文面',
  fields: PAYLOADS,
}

/** Why an archive has nothing of the other collections of the delivery database. */
export const NOT_TAKEN: Readonly<Record<string, string>> = {
  suppressions: '届かない連絡先は、その読者の identities にあります。',
  friendships: 'ブロックは、その読者の identities にあります。',
  softBounces: 'いっぱいなどで届かなかった日の数で、60 日で消えます。だれも止めていません。',
  bounces: '戻ってきたメールを二度扱わないための番号で、30 日で消えます。',
  filterNotes: '一度目の断りだけで、だれも止めていません。',
  confirmations: '確かめを待っている登録は、8 日で消えます。移った先で、もう一度登録します。',
  keptForms: '入力の途中で、1 時間で消えます。',
  usedLinks: '使ったリンクの記録で、このしくみの鍵でだけ読めます。',
  visits: '開いているページの記録です。',
  dateNotes: '3 日で消える、日付の変更のお知らせです。',
  stopNotes: '元にもどせる 7 日だけの記録です。止めたことは、読者と子にあります。',
  counterVisits: '開いている窓口の記録です。',
  counterNumbers: '10 分で消える番号です。',
  erasures: '控えから戻すときのための番号です。消した人は、読者に isErased であります。',
  webhookEvents: 'LINE からの知らせを二度扱わないための番号です。',
  voices: 'CMS に渡したものが cms/kizuna-voices にあります。',
  alertResults: 'CMS に渡したものが cms/kizuna-alerts にあります。',
  surveys: 'CMS の cms/kizuna-surveys にあります。',
  surveyMarks: 'アンケートの答えが終わるまでの、人と結びつかない印です。',
  surveyTokens: 'アンケートの答えが終わるまでの、人と結びつかない印です。',
  surveyAnswers:
    '終わっていないアンケートの答えは、持ち出しません。終わったものの結果は cms/kizuna-survey-results にあります。',
  accountMarks: '続いている LINE アカウントの引っ越しの印です。終えてから持ち出します。',
  welcomes: 'これから行う登録直後の配信です。',
  workers: '動いているプログラムの印です。',
  dayForecasts: 'あしたの見込みで、計画し直せます。',
  halts: '止めている配信の印です。',
  doneActs: '配信を止めた・再開したなどの記録は、CMS の cms/kizuna-audit-log にあります。',
  endedPairs: 'これから消す番号です。',
  restoring: '控えから戻す途中の印です。',
  takeins: '持ち込みの印です。',
  pictures: '画像は cms/pictures にあります。',
  synced_settings: 'CMS から写した設定です。',
  synced_releases: 'CMS から写した確定版です。',
  replaced_settings: 'CMS から写した、前の設定です。',
  sync_state: 'CMS から写した記録です。',
  pairChecks: '夜ごとの確かめの記録です。',
  backupLog: '控えを取った時刻です。',
  migrations: 'このしくみのデータベースの版です。',
  keyChecks: 'このしくみの鍵の印です。鍵は入っていません。',
  heartbeats: '動いているプログラムの印です。',
  alerts: '運用の警報です。',
  incidents: '当番に知らせたことの印です。',
  onCallLetters: '当番への知らせで、30 日で消えます。',
  lineHealth: 'LINE に聞いた、アカウントのようすです。',
  lineMenus: 'LINE のメニューの番号で、アカウントごとに作り直します。',
  installation: 'このしくみの番号です。',
  retention: 'このしくみで消した日の記録です。',
  agenda_jobs: 'プログラムの仕事です。',
}
