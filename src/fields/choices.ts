import type { Choice } from '../release/choices'

/** One of the choices; `further` is asked when it is. *Pure.* */
export function checkChoice(
  value: unknown,
  choices: readonly Choice[],
  further: () => true | string = () => true,
): true | string {
  return choices.some((choice) => choice.value === value) ? further() : '選択肢から選んでください。'
}

/** Channels of a municipality. */
export const CHANNELS: Choice[] = [
  { value: 'line', label: 'LINE' },
  { value: 'mail', label: 'メール' },
]

/** Who owns a LINE account. */
export const LINE_KINDS: Choice[] = [
  { value: 'dedicated', label: '専用(この配信のためのアカウント)' },
  { value: 'official', label: '公式(自治体の LINE 公式アカウントに相乗り)' },
]

/** What is answered in the talks of a LINE account. */
export const LINE_ANSWERS: Choice[] = [
  { value: 'all', label: 'すべてに答える' },
  { value: 'own', label: 'この製品の言葉とメニューだけに答える' },
  { value: 'none', label: '答えない' },
]

/** What happens to mails of unknown outcome after a crash. */
export const MAIL_AFTER_CRASH: Choice[] = [
  { value: 'at-most-once', label: '送り直さない(届かない人が出ることがある。一覧で確認できます)' },
  { value: 'at-least-once', label: '送り直す(同じメールが2通届く人が出ることがある)' },
]

/** Anchors of a series. */
export const ANCHORS: Choice[] = [
  { value: 'dueDate', label: '出産予定日(妊娠期)' },
  { value: 'birthDate', label: '生年月日(子育て期)' },
  { value: 'schoolEntry', label: '小学校入学の4月1日(就学)' },
  { value: 'support', label: '支えの文を希望した日(手続きや相談先)' },
  { value: 'announcement', label: '前のしくみから移った日(引き継ぎのお知らせ)' },
]

/** A reviewer's verdict. */
export const VERDICTS: Choice[] = [
  { value: 'submit', label: '監修に出した' },
  { value: 'approve', label: '承認' },
  { value: 'request-change', label: '修正依頼' },
]

/** A step in a conversation about a field. */
export const COMMENT_KINDS: Choice[] = [
  { value: 'comment', label: 'コメント' },
  { value: 'reply', label: '返事' },
  { value: 'resolve', label: '解決' },
  { value: 'reopen', label: '再開' },
  { value: 'take', label: '案を採用' },
  { value: 'seen', label: '呼びかけを見た' },
]

/** What somebody did about asking a person to look at a text. */
export const REQUEST_STEPS: Choice[] = [
  { value: 'ask', label: '依頼' },
  { value: 'take-back', label: '取り消し' },
]

/** What became of publishing a text at a chosen time. */
export const SCHEDULE_STEPS: Choice[] = [
  { value: 'schedule', label: '予約' },
  { value: 'cancel', label: '取り消し' },
  { value: 'refused', label: '公開しなかった' },
]

/** What a release does to its document. */
export const RELEASE_ACTIONS: Choice[] = [
  { value: 'publish', label: '公開' },
  { value: 'withdraw', label: '取り下げ' },
]

/** What happens to a release whose review is overdue. */
export const WHEN_OVERDUE: Choice[] = [
  { value: 'warn', label: '知らせる(配信は続ける)' },
  { value: 'stop', label: '配信を止める' },
]

/** What was done about an urgent text. */
export const ALERT_STEPS: Choice[] = [
  { value: 'ask', label: '確認を頼んだ' },
  { value: 'send', label: '送った' },
  { value: 'decline', label: '送らないことにした' },
  { value: 'take-back', label: '依頼を取り消した' },
  { value: 'stop', label: 'まだの分を止めた' },
  { value: 'correct', label: '訂正を送った' },
  { value: 'sent', label: '送り終えた(数の報告)' },
]

/** Which move between accounts it is. */
export const MOVE_KINDS: Choice[] = [
  { value: 'sameProvider', label: '同じプロバイダーの LINE へ' },
  { value: 'otherProvider', label: '別のプロバイダーの LINE へ' },
  { value: 'mailToLine', label: 'メールから LINE へ' },
]

/** Where a move between accounts stands. */
export const MOVE_STAGES: Choice[] = [
  { value: 'proposed', label: '確かめを待っています' },
  { value: 'trial', label: '試しています' },
  { value: 'running', label: '進めています' },
  { value: 'paused', label: '止めています' },
  { value: 'switched', label: '切り替えました' },
  { value: 'takingBack', label: '元に戻しています' },
  { value: 'takenBack', label: '元に戻しました' },
  { value: 'finished', label: '終わりました' },
  { value: 'withdrawn', label: '取り下げました' },
]

/** What somebody did about a change of a municipality's words. */
export const CHANGE_STEPS: Choice[] = [
  { value: 'propose', label: '提案' },
  { value: 'confirm', label: '確かめて反映' },
  { value: 'decline', label: '見送り' },
  { value: 'take-back', label: '提案の取り下げ' },
]
