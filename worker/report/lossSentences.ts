import { dayLabel } from '../../src/stage/japaneseDate'
import { daysBetween, localDayOf } from '../../src/stage/day'
import type { Loss } from '../ledger/incarnation'
import type { MissingReport } from './behind'

const SHOWN_BY: Record<Loss['shownBy'], string> = {
  restore: '控えから戻しました',
  reports: '台帳にない日報が CMS にあるので、台帳が前の状態に戻されたと分かりました',
  key: '台帳で使ったことのない送信の鍵を LINE が知っていたので、台帳が前の状態に戻されたと分かりました',
}

/** Why nothing is sent, and what to do. *Pure.* */
export function pausedSentence(loss: Loss): string {
  return (
    `${SHOWN_BY[loss.shownBy]}。同じ文を二度送らないように、すべての配信を止めています。` +
    'npm run --silent kizuna -- status で分からないことを確かめてから、npm run --silent kizuna -- resume --accept-restore で再開してください。'
  )
}

/**
 * What a ledger that went back cannot know, and what becomes of it; `missing` are the CMS's reports
 * that it lacks, null when the CMS did not answer. *Pure.*
 */
export function lossSentences(loss: Loss, missing: readonly MissingReport[] | null): string[] {
  const until = localDayOf(loss.until)
  const days = daysBetween(loss.from, until) + 1
  return [
    `${dayLabel(loss.from)} から ${dayLabel(until)} まで(${days} 日分)の記録が、抜けているかもしれません。`,
    reportSentence(missing),
    'この期間に登録した方・日付を直した方は、前のままです。もう一度手続きをお願いすることになります。',
    'この期間に配信を止めた方・お子さんを亡くしたと知らせた方にも、再開すると届いてしまいます。問い合わせの記録などで確かめ、先に npm run --silent kizuna -- stop で止めてください。',
    'この期間に始まっていたかもしれない配信回の文は、送らずに「不明」と記録します。だれのどの文かは、npm run --silent kizuna -- export ledger --date 日付 の code が restored の行です。',
  ]
}

function reportSentence(missing: readonly MissingReport[] | null): string {
  if (missing === null) {
    return 'CMS が答えないので、CMS に残っている日報とは、まだ比べていません。'
  }
  if (missing.length === 0) return 'CMS に残っている日報で、台帳にないものはありません。'
  const dates = [...new Set(missing.map(({ date }) => date))].sort()
  const codes = new Set(missing.map(({ code }) => code))
  const ofDays = dates.map((date) => dayLabel(date)).join('、')
  const registered = missing
    .filter(({ isFinal }) => isFinal)
    .map(({ numbers }) => numbers['registered'])
  const people = registered.reduce<number>((sum, count) => sum + (count ?? 0), 0)
  return `CMS の日報によると、${ofDays} の文はすでに送られています(${codes.size} 自治体)。${people > 0 ? `この間に少なくとも ${people} 人が登録しました。` : ''}`
}
