import { z } from 'zod'

import { clockLabel } from '../stage/japaneseDate'

/**
 * What came of LINE's test of a webhook.
 *
 * Source: https://developers.line.biz/en/docs/messaging-api/check-webhook-error-statistics/
 */
export const WEBHOOK_REASONS = [
  'ok',
  'couldNotConnect',
  'requestTimeout',
  'errorStatusCode',
  'unclassified',
] as const

/** LINE's test of a webhook, as it is stored and told. */
export const webhookTestShape = z.strictObject({
  at: z.iso.datetime().max(40),
  reason: z.enum(WEBHOOK_REASONS),
  /** HTTP status of the answer; 0 or less where there was none. */
  status: z.number().int(),
})

/** LINE's test of a webhook. */
export type WebhookTest = z.infer<typeof webhookTestShape>

const ACTS: Readonly<Record<Exclude<WebhookTest['reason'], 'ok' | 'errorStatusCode'>, string>> = {
  couldNotConnect:
    'LINE が、こちらのサーバーにつながりません。→ PUBLIC_URL の名前(DNS)、ファイアウォール、リバースプロキシ、証明書(中間証明書まで)を確かめます',
  requestTimeout:
    'LINE が 2 秒待っても、返事がありません。→ 登録ページのプログラム(web)とデータベースが混んでいないかを見ます',
  unclassified:
    'LINE が、わけの分からない失敗だと言います。→ LINE Developers の「Webhook URL」の「検証」を押して、出た言葉を見ます',
}

/** What LINE's test of a webhook found, and what to do. *Pure.* */
export function webhookTestWords({ at, reason, status }: WebhookTest): string {
  if (reason === 'ok') return `LINE からの知らせは、こちらに届きます(${clockLabel(at)} のテスト)`
  const found = reason === 'errorStatusCode' ? statusWords(status) : ACTS[reason]
  return `LINE の Webhook のテスト(${clockLabel(at)})が失敗しました: ${found}`
}

function statusWords(status: number): string {
  if (status === 401)
    return 'こちらが署名を断りました(401)。→ LINE アカウントの画面のチャネル ID とチャネルシークレットを、LINE Developers の「チャネル基本設定」から写し直します'
  if (status >= 500)
    return `こちらのプログラムが失敗しました(${status})。→ 登録ページのプログラム(web)の記録と、データベースを見ます`
  return `こちらの受け口ではないものが答えました(${status})。→ Webhook URL と、リバースプロキシの行き先を確かめます`
}

/** What LINE's API does not tell, and a person looks at. */
export const LOOKED_AT_BY_HAND =
  'あいさつメッセージと応答メッセージは、LINE からは聞けません。LINE Official Account Manager の「応答設定」で、あいさつメッセージと Webhook がオン、応答メッセージがオフになっているかを、人が見ます'

/** What is said where LINE sends an account's events to another place. */
export const SENT_ELSEWHERE =
  'LINE の Webhook URL が、この設置のもの(PUBLIC_URL/line/チャネル ID)ではないので、登録とブロックが分かりません。→ LINE Developers の「Messaging API 設定」で直します。ほかのしくみが受け取るアカウントなら、LINE アカウントの画面で「応答しない」を選びます'
