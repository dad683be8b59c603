import { CONTENT_KINDS } from '../release/contentKind'

/** What an entry can tell of. */
export const AUDIT_ACTIONS = [
  { value: 'create', label: '作成' },
  { value: 'edit', label: '編集' },
  { value: 'trash', label: 'ごみ箱に入れた' },
  { value: 'restore', label: 'ごみ箱から元に戻した' },
  { value: 'delete', label: '完全な削除' },
  { value: 'submit', label: '監修に出した' },
  { value: 'ask-review', label: '監修の依頼(人と期日)' },
  { value: 'take-back-review', label: '監修の依頼の取り消し' },
  { value: 'approve', label: '承認' },
  { value: 'request-change', label: '修正依頼' },
  { value: 'publish', label: '公開' },
  { value: 'schedule', label: '公開の予約' },
  { value: 'cancel-schedule', label: '公開の予約の取り消し' },
  { value: 'schedule-refused', label: '予約した公開の見送り' },
  { value: 'withdraw', label: '取り下げ' },
  { value: 'ask-withdrawal', label: '取り下げの依頼' },
  { value: 'refuse-withdrawal', label: '取り下げの依頼への答え(取り下げない)' },
  { value: 'comment', label: 'コメント' },
  { value: 'reply', label: 'コメントへの返事' },
  { value: 'resolve', label: 'コメントの解決' },
  { value: 'reopen', label: 'コメントを未解決に戻した' },
  { value: 'import', label: '取り込み' },
  { value: 'copy-forward', label: '新年度への引き継ぎ' },
  { value: 'switch', label: 'シリーズの切り替え' },
  { value: 'carry', label: '差し込み語の変更による公開' },
  { value: 'hide', label: '自治体で出さない' },
  { value: 'show', label: '自治体でまた出す' },
  { value: 'share', label: 'お手本にする' },
  { value: 'unshare', label: 'お手本をやめる' },
  { value: 'copy', label: 'お手本を写した' },
  { value: 'take', label: '提案の採用' },
  { value: 'decline', label: '提案の見送り' },
  { value: 'propose', label: '変更の提案' },
  { value: 'confirm', label: '変更を確かめて反映' },
  { value: 'take-back', label: '変更の提案の取り下げ' },
  { value: 'pause', label: '自治体の配信のお休み' },
  { value: 'resume', label: '自治体の配信の再開' },
  { value: 'counter', label: '窓口をひらいた' },
  { value: 'account-rights', label: '役割・専門・自治体の変更' },
  { value: 'account-name', label: '氏名の変更' },
  { value: 'account-mail', label: 'メールアドレスの変更' },
  { value: 'account-password', label: 'パスワードの変更' },
  { value: 'account-on', label: 'アカウントを使えるようにした' },
  { value: 'invite', label: '招待のメールを送った' },
  { value: 'send-reset', label: 'パスワードを決め直すメールを送った' },
  { value: 'account-off', label: 'アカウントを止めた' },
  { value: 'api-key', label: 'API キーを作った' },
  { value: 'api-key-off', label: 'API キーをなくした' },
  { value: 'login', label: 'ログイン' },
  { value: 'logout', label: 'ログアウト' },
  { value: 'login-failed', label: 'ログインの失敗' },
  { value: 'login-stopped', label: 'ログインの停止(失敗が続いた)' },
  { value: 'login-unlocked', label: 'ログインできる状態に戻した' },
  { value: 'factor-on', label: '二段階認証を始めた' },
  { value: 'factor-off', label: '二段階認証をやめた' },
  { value: 'factor-ended', label: '二段階認証を終わらせた(本人に代わって)' },
  { value: 'factor-recovery', label: '予備のコードを使った' },
  { value: 'factor-renewed', label: '予備のコードを作り直した' },
] as const

/** Entries that say when somebody was there, and nothing that was done to a text or an account. */
export const SIGN_INS = ['login', 'logout', 'login-failed', 'login-stopped'] as const

/** Entries about people's accounts; the log's word, whatever a host calls its collection. */
export const ON_PEOPLE = 'users'

/** What an entry can be about. */
export const AUDIT_COLLECTIONS = [
  ...Object.values(CONTENT_KINDS).map(({ collection, label }) => ({ value: collection, label })),
  { value: 'kizuna-municipalities', label: '自治体' },
  { value: 'kizuna-series', label: 'シリーズ' },
  { value: 'kizuna-line-accounts', label: 'LINE アカウント' },
  { value: ON_PEOPLE, label: 'ユーザー' },
  { value: 'kizuna-service-accounts', label: '連携アカウント' },
]
