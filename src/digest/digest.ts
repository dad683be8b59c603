import { escapeHtml } from '../release/escape'
import type { ReviewSummary } from '../review/queries/overview'
import type { ReviewQueue } from '../review/inbox/reviewQueue'
import { answerSentence, type WithdrawalAnswer } from '../review/queries/withdrawalAnswers'
import type { Reminder } from './askedReviews'
import type { LocalDay } from '../stage/day'
import { dayLabel, monthLabel } from '../stage/japaneseDate'
import type { Month } from '../stage/month'

/** What one person's digest is made from. */
export interface DigestInput {
  name: string
  day: LocalDay
  work: ReviewQueue
  /** Changes of municipalities' words that the person is to confirm. */
  changes: readonly { municipality: string; title: string }[]
  /** What chiefs did about the person's requests to withdraw. */
  answers: readonly WithdrawalAnswer[]
  /** Texts that were not published at their time. */
  refused: readonly Reminder[]
  /** Texts in whose comments the person was called. */
  calls: readonly Reminder[]
  /** Texts the person was asked by name to look at: by tomorrow, or by a day that is over. */
  reminders: readonly Reminder[]
  /** Texts the person asked others to look at, whose day is over. */
  late: readonly Reminder[]
  /** Links in the person's texts that were found broken today. */
  links: readonly { address: string }[]
  /** The month whose handbooks the person's municipality has not typed in; null where that is not theirs. */
  uncounted: Month | null
  /** How many texts that are out are overdue for review; null where that is not the person's work. */
  overdue: number | null
  /** Address of the admin, without a slash at the end. */
  admin: string
}

/** A digest as it is mailed. */
export interface Digest {
  subject: string
  text: string
  html: string
}

/** Documents named in a section; the admin shows the rest. */
const NAMED = 10

interface Section {
  /** 「承認を待っている原稿」 */
  heading: string
  /** Short form for the subject. */
  short: string
  count: number
  links: { title: string; url: string }[]
}

/** A person's daily digest, or null when nothing waits for them: then no mail is sent. *Pure.* */
export function digestOf(input: DigestInput): Digest | null {
  const sections = sectionsOf(input).filter(({ count }) => count > 0)
  if (sections.length === 0) return null
  const counts = sections.map(({ short, count }) => `${short} ${count} 件`).join('、')
  return {
    subject: `監修のお知らせ: ${counts}`,
    text: textOf(input, sections),
    html: htmlOf(input, sections),
  }
}

function sectionsOf(input: DigestInput): Section[] {
  const { work, changes, answers, links, overdue, admin, refused, calls, reminders, late } = input
  const section = (
    heading: string,
    short: string,
    { documents, opens }: { documents: readonly ReviewSummary[]; opens: 'desk' | 'collections' },
  ) => ({
    heading,
    short,
    count: documents.length,
    links: documents.slice(0, NAMED).map(({ collection, id, title, slotLabel }) => ({
      title: title || slotLabel,
      url: `${admin}/${opens}/${collection}/${id}`,
    })),
  })
  const named = (heading: string, short: string, texts: readonly Reminder[]): Section => ({
    heading,
    short,
    count: texts.length,
    links: texts.slice(0, NAMED).map(({ collection, id, title }) => ({
      title,
      url: `${admin}/desk/${collection}/${id}`,
    })),
  })
  return [
    named('予約した公開ができなかった原稿', '公開できず', refused),
    named('コメントであなたに呼びかけがあった原稿', '呼びかけ', calls),
    named('あなたに頼まれていて、期日が近いか過ぎた監修', '期日の近い依頼', reminders),
    named('あなたが人に頼み、期日が過ぎた監修', '期日を過ぎた依頼', late),
    section('あなたの承認を待っている原稿', '承認待ち', {
      documents: work.toApprove,
      opens: 'desk',
    }),
    section('直す原稿(修正依頼)', '修正依頼', {
      documents: work.cameBack,
      opens: 'collections',
    }),
    section('承認がそろい、公開を待っている原稿', '公開待ち', {
      documents: work.toPublish,
      opens: 'desk',
    }),
    {
      heading: '確かめを待っている自治体の変更',
      short: '変更の確認',
      count: changes.length,
      links: changes.slice(0, NAMED).map(({ municipality, title }) => ({
        title,
        url: `${admin}/collections/kizuna-municipalities/${municipality}`,
      })),
    },
    {
      heading: '取り下げの依頼への答え',
      short: '依頼への答え',
      count: answers.length,
      links: answers.slice(0, NAMED).map((answer) => ({
        title: answerSentence(answer),
        url: `${admin}/collections/${answer.collection}/${answer.id}`,
      })),
    },
    {
      heading: '開けなくなったリンク',
      short: '開けないリンク',
      count: links.length,
      links: links.length > 0 ? [{ title: 'リンクの確かめ', url: `${admin}/links` }] : [],
    },
    ...uncountedSection(input),
    {
      heading: '見直しの期限が過ぎた原稿',
      short: '期限切れ',
      count: overdue ?? 0,
      links: [{ title: '見直し期限の一覧', url: `${admin}/due-reviews` }],
    },
  ]
}

function uncountedSection({ uncounted, admin }: DigestInput): Section[] {
  if (uncounted === null) return []
  const heading = `${monthLabel(uncounted)}の母子健康手帳の交付数(登録率を出すのに要ります)`
  const links = [{ title: '「数字」の画面で入れる', url: `${admin}/numbers` }]
  return [{ heading, short: '交付数の入力', count: 1, links }]
}

const WHY =
  'このメールは、あなたを待っている原稿や、頼んだことへの答えがあるときだけ、1 日に 1 回まで届きます。止めるときは、管理画面のあなたのアカウントで「お知らせメール」の印を外してください。'

function textOf({ name, day, admin }: DigestInput, sections: readonly Section[]): string {
  const parts = sections.map(({ heading, count, links }) =>
    [
      `■ ${heading}: ${count} 件`,
      ...links.map(({ title, url }) => `・${title}\n  ${url}`),
      ...restOf(count, links),
    ].join('\n'),
  )
  return [
    `${name} さん`,
    `${dayLabel(day)}の監修のお知らせです。`,
    ...parts,
    WHY,
    `${admin}/account`,
  ].join('\n\n')
}

function htmlOf({ name, day, admin }: DigestInput, sections: readonly Section[]): string {
  const parts = sections.map(
    ({ heading, count, links }) =>
      `<h2 style="font-size:16px">${escapeHtml(heading)}: ${count} 件</h2><ul>${links
        .map(({ title, url }) => `<li><a href="${escapeHtml(url)}">${escapeHtml(title)}</a></li>`)
        .join('')}${restOf(count, links)
        .map((rest) => `<li>${rest}</li>`)
        .join('')}</ul>`,
  )
  return [
    '<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>監修のお知らせ</title></head>',
    '<body style="font-family:sans-serif;line-height:1.7;max-width:600px">',
    `<p>${escapeHtml(name)} さん</p><p>${dayLabel(day)}の監修のお知らせです。</p>`,
    ...parts,
    `<p style="color:#595959">${WHY} <a href="${escapeHtml(`${admin}/account`)}">あなたのアカウント</a></p>`,
    '</body></html>',
  ].join('')
}

function restOf(count: number, links: readonly unknown[]): string[] {
  const rest = count - links.length
  return rest > 0 && links.length === NAMED ? [`ほかに ${rest} 件あります。`] : []
}
