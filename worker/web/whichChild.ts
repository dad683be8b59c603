import { html, type Html } from '../../src/release/escape'
import { dayLabel } from '../../src/stage/japaneseDate'
import { daysBetween, type LocalDay } from '../../src/stage/day'
import type { Child, ChildDates } from '../readers/reader'
import type { ChildAnswer, ChildVerdict } from '../readers/sameChild'

import { DATE_LABELS, hiddenFields } from './dateForm'
import type { SaidDate } from './dateStep'
import { backButton } from './field'
import type { Page } from './page'

/** What a reader who has said a date is asked: whose it is, and where their page is. */
export interface WhichChild {
  verdict: ChildVerdict
  said: SaidDate
  /** Path of the reader's page. */
  base: string
}

type WhichPage = Omit<Page, 'municipality'>

/**
 * Asks which child a date means; null where that is clear. A date that can be no birth says no stage
 * and no word of one: it shows what is registered, and quietly the way to stop. *Pure.*
 */
export function whichChildPage({ verdict, said, base }: WhichChild): WhichPage | null {
  switch (verdict.kind) {
    case 'askTwin':
    case 'same':
      return twinPage(verdict.child, said)
    case 'askCorrection':
      return correctionPage(verdict.child, said)
    case 'refused':
      return refusedPage(verdict.child, { said, base, isQuiet: verdict.fault !== 'afterPregnancy' })
    default:
      return null
  }
}

function twinPage(child: Child, said: SaidDate): WhichPage {
  const label = DATE_LABELS[said.kind]
  const title = `同じ${label}のお子さんが、もう登録されています`
  const body = html`<h1>${title}</h1>
    ${dates([[label, said.day]])}
    <p>ふたご(みつご)のお子さんですか。</p>
    ${form(
      said,
      answerButton('twin', 'はい。もうひとり登録する'),
      answerButton('same', 'いいえ、同じお子さんです'),
      backButton('edit', '日付を入れなおす'),
    )}`
  return { title, body }
}

/** So far two days are near each other (days). */
const A_SEASON = 92

function correctionPage(child: Child, said: SaidDate): WhichPage {
  const { label, day } = registered(child, said)
  const title = '登録済みのお子さんのことですか'
  const isOther = label !== DATE_LABELS[said.kind]
  // A digit typed wrong may be years away: such a date is like the other, not near it.
  const like = Math.abs(daysBetween(day, said.day)) > A_SEASON ? 'よく似た' : '近い'
  const correction = isOther
    ? `このお子さんの${DATE_LABELS[said.kind]}として登録する`
    : '登録済みのお子さんの日付を直す'
  const body = html`<h1>${title}</h1>
    <p>登録済みのお子さんと${like}日付です。日付を直しますか。べつのお子さんですか。</p>
    ${dates([
      [`登録済みのお子さんの${label}`, day],
      [`いま入れた${DATE_LABELS[said.kind]}`, said.day],
    ])}
    ${form(
      said,
      answerButton('correction', correction),
      answerButton('another', 'べつのお子さんとして登録する'),
      backButton('edit', '日付を入れなおす'),
    )}`
  return { title, body }
}

function refusedPage(
  child: Child,
  { said, base, isQuiet }: { said: SaidDate; base: string; isQuiet: boolean },
): WhichPage {
  const { label, day } = registered(child, said)
  const title = '日付を確かめてください'
  const body = html`<h1>${title}</h1>
    <p>登録されている${label}は ${dayLabel(day)}、いま入れた日付は ${dayLabel(said.day)} です。</p>
    ${form(
      said,
      html`<button class="main" name="go" value="edit">日付を入れなおす</button>`,
      answerButton('another', 'べつのお子さんとして登録する'),
    )}
    <ul class="links">
      <li><a href="${base}/children/${child._id}/stop">登録されている子の配信を止める</a></li>
    </ul>`
  return { title, body, isQuiet }
}

function registered(
  { birthDate, dueDate }: ChildDates,
  { kind, day }: SaidDate,
): { label: string; day: LocalDay } {
  const isBirth = birthDate !== undefined && (kind === 'birthDate' || dueDate === undefined)
  const known = isBirth ? birthDate : (dueDate ?? birthDate)
  return { label: DATE_LABELS[isBirth ? 'birthDate' : 'dueDate'], day: known ?? day }
}

function dates(rows: [string, LocalDay][]): Html {
  return html`<dl class="answers">
    ${rows.map(
      ([term, day]) =>
        html`<dt>${term}</dt>
          <dd>${dayLabel(day)}</dd>`,
    )}
  </dl>`
}

function form({ action, fields }: SaidDate, ...buttons: Html[]): Html {
  return html`<form method="post" action="${action}" novalidate>
    ${hiddenFields(fields)}
    <div class="actions afterReading">${buttons}</div>
  </form>`
}

function answerButton(answer: ChildAnswer, label: string): Html {
  return html`<button class="second" name="answer" value="${answer}">${label}</button>`
}
