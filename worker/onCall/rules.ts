import { ALERT_WORDS, type AlertWords } from '../../src/operation/alertWords'
import { LINE_TROUBLES } from '../../src/operation/lineTroubles'
import type { IncidentRule } from './incident'

/** A code that people on call are told of: when, in which words, and where to read on. */
export interface ToldCode extends IncidentRule, AlertWords {
  /** Title of its paragraph in the run book. */
  runbook: string
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Goes on at night too: told again after these. */
const URGENT = { remindMs: 4 * HOUR }
const NOT_URGENT = { remindMs: DAY }

/** Title of the paragraph of what has no alarm of its own in Prometheus. */
const ONLY_HERE = '当番にだけ届く知らせ'

/** Alerts that nobody is called for: they mended themselves, or a state below says it. */
export const UNTOLD_ALERTS: Readonly<Record<string, string>> = {
  'mail-unknown-after-crash': 'mails-unknown says it, until they are decided',
  'audience-drift': 'runs-held says it, until a person has decided',
  'yesterday-drift': 'runs-held says it',
  ACCOUNTING: 'runs-held says it',
  'ledger-behind': 'ledger-lost says it, until the restore is accepted',
  'pairs-differ': 'it is mended already',
  'line-left-out': 'whoever wrote the text sees it',
  'line-menu-failed': 'texts arrive without the menu too',
  ...Object.fromEntries(LINE_TROUBLES.map((code) => [code, 'told as a state, by the same code'])),
}

/** Alerts people are called for; `calmMs` is longer than what repeats them takes. */
const ALERTS: Readonly<Record<string, Pick<ToldCode, 'calmMs' | 'remindMs' | 'runbook'>>> = {
  'all-refused': { calmMs: 30 * MINUTE, ...URGENT, runbook: 'KizunaChannelStopped' },
  'line-stopped': { calmMs: 30 * MINUTE, ...URGENT, runbook: 'KizunaChannelStopped' },
  'mail-stopped': { calmMs: 30 * MINUTE, ...URGENT, runbook: 'KizunaChannelStopped' },
  expired: { calmMs: HOUR, ...URGENT, runbook: 'KizunaExpired' },
  'ledger-difference': { calmMs: HOUR, ...URGENT, runbook: 'KizunaLedger' },
  'clock-apart': { calmMs: 10 * MINUTE, ...URGENT, runbook: 'KizunaClock' },
  'run-failed': { calmMs: 30 * MINUTE, ...URGENT, runbook: ONLY_HERE },
  'act-failed': { calmMs: 30 * MINUTE, ...URGENT, runbook: ONLY_HERE },
  // once a day, with the day's texts
  'address-unreadable': { calmMs: 26 * HOUR, ...NOT_URGENT, runbook: ONLY_HERE },
  // at each look at the CMS, as long as it is so
  'hash-mismatch': { calmMs: 15 * MINUTE, ...NOT_URGENT, runbook: ONLY_HERE },
  'release-unreadable': { calmMs: 15 * MINUTE, ...NOT_URGENT, runbook: ONLY_HERE },
  'picture-missing': { calmMs: 15 * MINUTE, ...NOT_URGENT, runbook: ONLY_HERE },
  'municipality-missing': { calmMs: 15 * MINUTE, ...NOT_URGENT, runbook: ONLY_HERE },
  'municipality-unreadable': { calmMs: 15 * MINUTE, ...NOT_URGENT, runbook: ONLY_HERE },
  'line-account-missing': { calmMs: 15 * MINUTE, ...NOT_URGENT, runbook: ONLY_HERE },
  'line-account-unreadable': { calmMs: 15 * MINUTE, ...NOT_URGENT, runbook: ONLY_HERE },
  'settings-shrunk': { calmMs: 15 * MINUTE, ...NOT_URGENT, runbook: ONLY_HERE },
  // once an hour for one reason
  'bounces-about-us': { calmMs: 2 * HOUR, ...NOT_URGENT, runbook: 'KizunaBounces' },
  'bounces-held': { calmMs: 2 * HOUR, ...NOT_URGENT, runbook: 'KizunaBounces' },
  'bounces-unread': { calmMs: 2 * HOUR, ...NOT_URGENT, runbook: 'KizunaBounces' },
}

type StateRule = Pick<ToldCode, 'afterMs' | 'remindMs' | 'runbook' | 'what' | 'act'>

/** States that are seen, with the words there are no alerts for. */
const STATES: Readonly<Record<string, StateRule>> = {
  'no-worker': {
    ...{ afterMs: MINUTE, ...URGENT, runbook: 'KizunaNoWorker' },
    what: '動いている worker がありません。文はだれにも届いていません',
    act: 'worker を起動します(systemctl restart kizuna-worker)。何度起動しても、二重には送りません',
  },
  'web-silent': {
    ...{ afterMs: 2 * MINUTE, ...URGENT, runbook: 'KizunaWebDown' },
    what: '登録ページと LINE の Webhook のプログラムが動いていません。登録も停止もできません',
    act: '起動し直します(systemctl restart kizuna-web)。長くかかるなら、自治体に電話します',
  },
  'database-silent': {
    ...{ afterMs: 3 * MINUTE, ...URGENT, runbook: 'KizunaNoWorker' },
    what: 'データベースが答えません。文はだれにも届かず、登録も停止もできません',
    act: 'データベース(MongoDB)とその機械が動いているか、空きがあるかを見ます。worker は、答えれば続けます',
  },
  'cms-silent': {
    ...{ afterMs: 5 * MINUTE, ...URGENT, runbook: 'KizunaCmsSilent' },
    what: 'CMS から 15 分より長く受け取っていません。前の文で続けていますが、取り下げも届きません',
    act: 'CMS を起動し直します(systemctl restart kizuna-cms)。取り下げた文があれば halt で止めます',
  },
  'runs-held': {
    ...{ afterMs: 5 * MINUTE, ...URGENT, runbook: 'KizunaRunHeld' },
    what: '確かめで何かがおかしいと分かり、配信回を止めました。人が決めるまで届きません',
    act: 'kizuna held でわけを見て、続けるか、送らずに終えるかを選びます(「配信のようす」でも)',
  },
  'runs-late': {
    ...{ afterMs: 5 * MINUTE, ...URGENT, runbook: ONLY_HERE },
    what: '送る時刻を 30 分過ぎても、計画のできていない配信回があります',
    act: 'kizuna status で worker と注意を見ます。worker の記録(run failed)も見ます',
  },
  'ledger-lost': {
    ...{ afterMs: 0, ...URGENT, runbook: 'KizunaLedger' },
    what: ALERT_WORDS['ledger-behind']?.what ?? '',
    act: 'kizuna status の説明を読んでから resume --accept-restore。台帳を手で直しません',
  },
  'mails-unknown': {
    ...{ afterMs: 10 * MINUTE, ...NOT_URGENT, runbook: 'KizunaUnknownMails' },
    what: '渡しているあいだに落ち、送れたか分からないメールがあります',
    act: 'kizuna unknown で、番号ごとに決めます。ひとりでには送り直しません',
  },
  'halt-forgotten': {
    ...{ afterMs: 0, ...NOT_URGENT, runbook: 'KizunaHaltForgotten' },
    what: '6 時間より長く、止めたままの配信があります',
    act: 'kizuna status で何を止めているかを見て、よければ resume で再開します',
  },
  'backup-old': {
    ...{ afterMs: HOUR, ...NOT_URGENT, runbook: 'KizunaBackupOld' },
    what: '36 時間より長く、控えが取れていません',
    act: 'kizuna backup --into 置き場所 を手で走らせ、出た文のとおりにします',
  },
  'backup-untried': {
    ...{ afterMs: HOUR, ...NOT_URGENT, runbook: 'KizunaBackupUntried' },
    what: '10 日より長く、控えが戻せるかを確かめていません',
    act: 'kizuna backup --verify 置き場所 を手で走らせます',
  },
  ...Object.fromEntries(LINE_TROUBLES.map((code) => [code, lineState(code)])),
}

/** A state that comes and goes within this is one, not two. */
const STATE_CALM_MS = 2 * MINUTE

/** Every code that people on call are told of. */
export const TOLD_CODES: Readonly<Record<string, ToldCode>> = {
  ...mapped(ALERTS, (rule, code) => ({ kind: 'alert', afterMs: 0, ...rule, ...wordsOf(code) })),
  ...mapped(STATES, (rule) => ({ kind: 'state', calmMs: STATE_CALM_MS, ...rule })),
}

function lineState(code: string): StateRule {
  const isUrgent = code === 'line-token-refused' || code === 'line-quota-over'
  const remind = isUrgent ? URGENT : NOT_URGENT
  const runbook = code.startsWith('line-quota') ? 'KizunaLineQuota' : 'KizunaChannelStopped'
  return { afterMs: 0, ...remind, runbook, ...wordsOf(code) }
}

function wordsOf(code: string): AlertWords {
  return ALERT_WORDS[code] ?? { what: code, act: 'kizuna status で見ます' }
}

function mapped<From, To>(
  table: Readonly<Record<string, From>>,
  toldOf: (rule: From, code: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(table).map(([code, rule]) => [code, toldOf(rule, code)]))
}
