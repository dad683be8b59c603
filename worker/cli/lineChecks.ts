import { ALERT_WORDS } from '../../src/operation/alertWords'
import { messagesInWords } from '../../src/operation/messagesInWords'
import { LOOKED_AT_BY_HAND, webhookTestWords } from '../../src/operation/webhookTest'
import type { LineAccount } from '../../src/plan/settings'
import type { DeliveryHalf } from '../app/deliveryHalf'
import type { LineHealth } from '../channel/lineHealthChannel'
import { good, unsure, wrong, type Checked, type Seen } from './checked'
import { goalOf, webhookOf, type SeenWebhook } from '../report/lineWebhook'

/** What no program sees: it says nothing of how an account is. */
export const BY_HAND = 'あいさつ'

/** Asks LINE how an account is now, and has it test the account's webhook. */
export async function checkLine(
  { lineHealthChannel, publicUrl }: Pick<DeliveryHalf, 'lineHealthChannel' | 'publicUrl'>,
  account: LineAccount,
): Promise<Checked[]> {
  const asked = await lineHealthChannel.read(account)
  if (asked.status === 'failed') {
    const act =
      asked.code === 'line-credentials' ? `。→ ${ALERT_WORDS['line-token-refused']?.act}` : ''
    return [{ check: 'つながり', ...wrong(`LINE に聞けません(${asked.code})${act}`) }]
  }
  const seen = { account, health: asked.value, publicUrl }
  return [
    { check: 'つながり', ...idSeen(account, asked.value) },
    { check: '今月の通数', ...quotaSeen(asked.value) },
    { check: 'Webhook', ...webhookSeen(seen) },
    ...(goalOf(seen) === 'here'
      ? [{ check: 'Webhook のテスト', ...(await testSeen(lineHealthChannel, account)) }]
      : []),
    { check: 'メニュー', ...menuSeen(asked.value) },
    { check: BY_HAND, ...unsure(LOOKED_AT_BY_HAND) },
  ]
}

function idSeen({ basicId }: LineAccount, health: LineHealth): Seen {
  if (health.basicId === basicId) return good(`LINE が ${basicId} だと答えました`)
  return wrong(
    `LINE は ${health.basicId} だと答えましたが、管理画面では ${basicId} です。→ ${ALERT_WORDS['line-account-differs']?.act}`,
  )
}

function quotaSeen({ used, limit }: LineHealth): Seen {
  if (limit === null) return good(`${messagesInWords(used)}(上限なし)`)
  const found = `${messagesInWords(used)} / 上限 ${messagesInWords(limit)}`
  return used < limit ? good(found) : wrong(`${found}。→ ${ALERT_WORDS['line-quota-over']?.act}`)
}

function webhookSeen(seen: SeenWebhook): Seen {
  const { account, health, publicUrl } = seen
  const goal = goalOf(seen)
  const expected = webhookOf(publicUrl, account)
  if (goal === 'unasked') return good('このアカウントは「応答しない」なので、要りません')
  if (goal === 'here') return good(`利用はオンで、URL は ${expected} です`)
  if (goal === 'nowhere')
    return wrong(
      `${ALERT_WORDS['line-webhook-off']?.what}。→ URL を ${expected} にして、オンにします`,
    )
  return unsure(
    `URL は ${health.webhook?.url} で、この設置のもの(${expected})ではありません。→ LINE Developers の「Messaging API 設定」で直します`,
  )
}

async function testSeen(
  channel: DeliveryHalf['lineHealthChannel'],
  account: LineAccount,
): Promise<Seen> {
  const tested = await channel.testWebhook(account)
  if (tested.status === 'failed')
    return unsure(`いまはテストできません(${tested.code})。1 時間に 60 回までです`)
  const words = webhookTestWords(tested.value)
  return tested.value.reason === 'ok' ? good(words) : wrong(words)
}

function menuSeen({ menu }: LineHealth): Seen {
  if (menu === 'ours') return good('トークの下に、この製品のメニューがあります')
  return menu === 'none'
    ? unsure('トークの下のメニューが付いていません。→ kizuna menu で付けます')
    : unsure('トークの下に、ほかのメニューがあります。そのままでよければ、何もしません')
}
