import { daysBetween, type LocalDay } from '../stage/day'
import { monthDayLabel } from '../stage/japaneseDate'
import { letterDays } from './moveStage'
import type { TownAccount } from './topology'

/** Which of the four moves it is; `lineToMail` is one reader's own, and no wizard makes it. */
export type MoveKind = 'sameProvider' | 'otherProvider' | 'mailToLine' | 'lineToMail'

/** A move in words that a clerk understands, before anything happens. */
export interface MovePlan {
  kind: MoveKind
  /** 「LINE を、別のプロバイダーのアカウントへ」 */
  title: string
  why: string
  /** What readers have to do, and what they get. */
  readersDo: readonly string[]
  readersGet: readonly string[]
  steps: readonly string[]
  /** The last step that can be taken back, in a sentence. */
  lastReturn: string
  /** What keeps it from being proposed; none: it can be. */
  problems: readonly string[]
}

/** What a plan is made of. */
export interface MoveAsked {
  from: TownAccount
  to: TownAccount
  /** Whether talks of each are answered by this product. */
  answers: { from: boolean; to: boolean }
  /** About how many readers are on the account that is left; null: not told. */
  readers: number | null
  begin: LocalDay
  until: LocalDay
}

/** An overlap shorter than this reaches nobody, and a longer one is forgotten. */
export const MIN_OVERLAP_DAYS = 28
/** Half a year. */
export const MAX_OVERLAP_DAYS = 184

/** Which move it is; null: nothing is moved. *Pure.* */
export function kindOfMove(
  from: Pick<TownAccount, 'id' | 'channel' | 'provider'>,
  to: Pick<TownAccount, 'id' | 'channel' | 'provider'>,
): MoveKind | null {
  if (from.id === to.id) return null
  if (to.channel === 'mail') return 'lineToMail'
  if (from.channel === 'mail') return 'mailToLine'
  return from.provider === to.provider ? 'sameProvider' : 'otherProvider'
}

/** The plan of a move; null where nothing is moved. *Pure.* */
export function planMove(asked: MoveAsked): MovePlan | null {
  const kind = kindOfMove(asked.from, asked.to)
  if (!kind) return null
  return { kind, ...WORDS[kind](asked), problems: problemsOf(kind, asked) }
}

function problemsOf(kind: MoveKind, { answers, begin, until, from, to }: MoveAsked): string[] {
  const length = daysBetween(begin, until)
  const isLengthFit = length >= MIN_OVERLAP_DAYS && length <= MAX_OVERLAP_DAYS
  return [
    ...(kind === 'lineToMail'
      ? ['LINE からメールへは、読者が自分で変えます。まとめて移すことはできません。']
      : []),
    ...(isLengthFit
      ? []
      : [
          `両方から届く期間は ${MIN_OVERLAP_DAYS} 日から ${MAX_OVERLAP_DAYS} 日までにしてください(いまは ${length} 日です)。`,
        ]),
    ...(kind === 'otherProvider' && !answers.from
      ? [
          `「${from.name}」はトークに返事をしない設定なので、移るためのリンクを渡せません。LINE アカウントの「トークへの返事」を変えてください。`,
        ]
      : []),
    ...(answers.to
      ? []
      : [
          `「${to.name}」はトークに返事をしない設定なので、読者がそこで確かめられません。LINE アカウントの「トークへの返事」を変えてください。`,
        ]),
  ]
}

type Words = Omit<MovePlan, 'kind' | 'problems'>

const WORDS: Readonly<Record<MoveKind, (asked: MoveAsked) => Words>> = {
  sameProvider: (asked) => ({
    title: '同じプロバイダーの、別の LINE アカウントへ',
    why: `「${asked.from.name}」と「${asked.to.name}」は同じプロバイダーなので、読者の LINE の番号がそのまま使えます。`,
    readersDo: [
      `「${asked.to.name}」の友だちの方は、何もしなくてかまいません。`,
      `友だちでない方は、お知らせのボタンで「${asked.to.name}」を友だちに追加します。`,
    ],
    readersGet: [
      `「${asked.from.name}」から、アカウントが変わるお知らせが 1 通`,
      '文は、切り替えるまでは前のアカウントから、切り替えたあとは新しいアカウントから 1 通だけ',
    ],
    steps: [
      ...BEGINNING,
      'ふたつのアカウントが同じプロバイダーかを、読者の LINE の番号で LINE に確かめる',
      `読者ひとりずつ、「${asked.to.name}」から届くかを LINE に確かめ、人数を出す`,
      `「${asked.from.name}」からお知らせを送る`,
      '切り替える(承認者が押します)',
      ENDING,
    ],
    lastReturn: RETURN,
  }),
  otherProvider: (asked) => ({
    title: '別のプロバイダーの LINE アカウントへ',
    why: `プロバイダーが違うので、読者の LINE の番号は「${asked.to.name}」では使えません。ひとりずつ、つなぎ直してもらいます。`,
    readersDo: [
      'お知らせの「新しいアカウントに移る」を押す',
      `「${asked.to.name}」を友だちに追加し、合言葉を送り、「変える」を押す`,
      '何もしなければ、期間が終わるまで前のアカウントに届きます。',
    ],
    readersGet: [
      ...lettersOf(asked, asked.from.name),
      '文は、つなぎ直すまでは前のアカウントから、つなぎ直したその日からは新しいアカウントから 1 通だけ',
    ],
    steps: [
      ...BEGINNING,
      ...overlapOf(asked),
      `${monthDayLabel(asked.until)}のあと、まだの方の数を見て終える。まだの方には届かなくなります(メールに変えることもできます)。`,
    ],
    lastReturn: RETURN,
  }),
  mailToLine: (asked) => ({
    title: 'メールから LINE へ',
    why: `メールで受け取っている方に、「${asked.to.name}」で受け取れるようにします。メールのままでもかまいません。`,
    readersDo: [
      'メールのいちばん下の「登録の内容を見る・変える」を開き、LINE を選ぶ',
      `「${asked.to.name}」を友だちに追加し、合言葉を送り、「変える」を押す`,
      '何もしなければ、メールのままです。',
    ],
    readersGet: [
      ...lettersOf(asked, 'メール'),
      '期間のあいだ、文のメールのいちばん下にも同じ案内',
      '文は、1 日にメールか LINE のどちらか一方からだけ。LINE に移ってから 30 日のあいだにブロックされたら、メールに戻ります。',
    ],
    steps: [
      ...BEGINNING,
      ...overlapOf(asked),
      `${monthDayLabel(asked.until)}のあと、案内を終える。まだの方には、これまでどおりメールで届きます。`,
    ],
    lastReturn: RETURN,
  }),
  lineToMail: () => ({
    title: 'LINE からメールへ(おひとりずつ)',
    why: '読者が自分の「登録の内容」のページで、いつでも変えられます。',
    readersDo: ['トークの「変更・停止」から「登録の内容」を開き、「届け先を変える」でメールを選ぶ'],
    readersGet: ['新しいアドレスに確かめのメール。確かめるまでは LINE に届きます。'],
    steps: ['自治体ですることはありません。窓口で代わりに変えることもできます。'],
    lastReturn: 'いつでも、同じページから LINE に戻せます。',
  }),
}

const BEGINNING = [
  'ほかの人が、この計画を確かめる',
  '窓口で選んだ読者だけで試す(職員が読者として登録して、自分で試せます)',
  '始める',
] as const

const ENDING = '終える'

const RETURN =
  '「終える」を押すまでは、いつでも元に戻せます(つなぎ直した方も、前の届け先に戻ります)。「終える」を押すと戻せません。'

function lettersOf({ begin, until }: MoveAsked, by: string): string[] {
  const [, ...reminders] = letterDays(begin, until)
  const again = reminders.map(monthDayLabel).join('と')
  return [
    `始めた日に、${by}からお知らせが 1 通`,
    ...(again ? [`まだの方にだけ、${again}ごろにもう一度ずつ(多くて ${reminders.length} 回)`] : []),
  ]
}

function overlapOf({ readers, until, from }: MoveAsked): string[] {
  const all = readers === null ? '' : `(この自治体の読者は、ほかの届け先の方も入れて約${readers}人)`
  return [
    `「${from.name}」の読者${all}にお知らせを送り、${monthDayLabel(until)}まで、どちらからでも受け取れるようにする`,
    '毎日、移った方とまだの方の数を見る',
  ]
}
