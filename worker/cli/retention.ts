import { LEAST_KEPT_DAYS } from '../retention/dailyRemoval'
import { countDueForRemoval, type RemovedKind } from '../retention/dueForRemoval'
import type { OldKind } from '../../src/cli/countOld'
import { readArguments, UsageError } from './arguments'
import type { CliIo } from './commands'
import { withDelivery } from './openCommand'
import { dayText, renderTable } from './table'

const DELIVERY: Readonly<Record<RemovedKind, string>> = {
  runs: '配信回(まとまりと、送らなかった理由も)',
  payloads: '送った文の控え',
  reports: '日報(配信側)',
  stoppedReaders: '読者の連絡先・続柄・地区(止めた人の分が消えます)',
  grownChildren: '子(文の届く年齢を過ぎた分が消えます)',
  erasedNames: '自分で消した人の、送った記録の「だれに」',
  erasures: '消したことの印',
  filterNotes: 'メールの最初の拒否の印',
  friendships: 'LINE の友だちかどうか(変わらないもの)',
  releases: '原稿の古い版(配信側の写し)',
}

const CMS: Readonly<Record<OldKind, string>> = {
  reports: '日報',
  voices: '読者の声',
  signIns: 'ログインの記録',
  jobs: '失敗した裏の仕事',
  locks: '外し忘れた編集中の印',
  surveyTexts: 'アンケートに自由に書かれた言葉',
  trash: 'ごみ箱の原稿(公開したことのないもの)',
}

/** `retention --dry-run`: how much of what is due to be removed tonight; removes nothing. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, { options: { 'dry-run': 'flag', days: 'value' } })
  if (!given.flags.has('dry-run')) {
    throw new UsageError(
      '--dry-run を付けてください。消すのは毎晩の worker と CMS で、このコマンドは何が消えるかを示すだけです。',
    )
  }
  const days = daysOf(given.values.days)
  const delivery = await withDelivery(io, async (opened) => {
    await opened.syncedContent.refresh()
    return countDueForRemoval({ ...opened, keptDays: days ?? opened.keptDays })
  })
  const { countOld } = await import('../../src/cli/countOld')
  const cms = await countOld(io.env, io.ownNow)
  if (given.isJson) await io.out(JSON.stringify({ delivery, cms }))
  else for (const line of linesOf(delivery, cms)) await io.out(line)
  return 0
}

function daysOf(typed: string | undefined): number | null {
  if (typed === undefined) return null
  const days = Number(typed)
  if (Number.isInteger(days) && days >= LEAST_KEPT_DAYS) return days
  throw new UsageError(
    `--days は ${LEAST_KEPT_DAYS} 以上の日数です(「${typed}」でした)。それより短いと、まだ送れる日や日報の日にかかります。`,
  )
}

interface Counted<Kind> {
  rows: readonly { kind: Kind; due: number; kept?: number }[]
}

function linesOf(
  delivery: Counted<RemovedKind> & { since: string },
  cms: Counted<OldKind>,
): string[] {
  return [
    `配信側: ${dayText(delivery.since)}より前のもの。消えるのは今夜です(送信中は待ちます)。`,
    ...tableOf(DELIVERY, delivery),
    'ここに出る人と子の、送った印と「組」も、続けて消えます。途中のもの(入れかけの内容など)は、それぞれの期限でいつも消えています。',
    '',
    'CMS: それぞれの期限より前のもの。1 日に 4 回消えます。',
    ...tableOf(CMS, cms),
    '何をいつまで残すかとそのわけは、README の「保存する期間」にあります。',
  ]
}

function tableOf<Kind extends string>(
  words: Readonly<Record<Kind, string>>,
  { rows }: Counted<Kind>,
): string[] {
  type Row = (typeof rows)[number]
  return renderTable<Row>(
    [
      { heading: '何を', cell: ({ kind }) => words[kind] },
      ...(rows.some(({ kept }) => kept !== undefined)
        ? [{ heading: 'いまある', cell: ({ kept }: Row) => kept ?? null }]
        : []),
      { heading: '消える', cell: ({ due }) => due },
    ],
    rows,
  )
}
