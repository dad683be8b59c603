import type { AskedRecord, Finding } from './senderCheck'

/** What was found of a sender's domain, and when it was asked. */
export interface KeptCheck {
  /** ISO instant. */
  at: string
  domain: string
  /** Name of the relay's key, where somebody has given it; null: our own key. */
  selector: string | null
  findings: readonly Finding[]
}

/** A letter that somebody in a town hall can send on as it is. */
export interface AskingLetter {
  to: string
  text: string
}

/** What each state asks of a person. */
export const STATE_WORDS: Readonly<Record<Finding['state'], string>> = {
  good: 'よい',
  unsure: '人が確かめる',
  wrong: '直す',
}

const RELAY = '中継サーバーの事業者'
const DNS = 'DNS を受け持つ方'

/** In one sentence how it stands. *Pure.* */
export function checkWords(findings: readonly Finding[]): string {
  const wrong = findings.filter(({ state }) => state === 'wrong').length
  const unsure = findings.filter(({ state }) => state === 'unsure').length
  if (wrong > 0)
    return `直すものが ${wrong} 件あります。メールが断られたり、迷惑メールになったりします。`
  return unsure > 0
    ? `直すものはありません。人が確かめるものが ${unsure} 件あります。`
    : '直すものはありません。'
}

/**
 * The letters by which the records that are missing are asked for: of whoever keeps the domain's DNS, and
 * of the relay's provider, whose addresses' names are theirs. *Pure.*
 */
export function askingLetters({ domain, findings }: KeptCheck): AskingLetter[] {
  const asked = findings.flatMap(({ check, found, ask }) => (ask ? [{ check, found, ask }] : []))
  return [DNS, RELAY].flatMap((to) => {
    const own = asked.filter(({ ask }) => (ask.type === 'PTR') === (to === RELAY))
    return own.length > 0 ? [{ to, text: letter({ to, domain, own }) }] : []
  })
}

interface LetterInput {
  to: string
  domain: string
  own: readonly { check: Finding['check']; found: string; ask: AskedRecord }[]
}

function letter({ to, domain, own }: LetterInput): string {
  return [
    `件名: ${domain} の DNS の登録のお願い`,
    '',
    `${to}へ`,
    '',
    `子育て便りのメールを ${domain} から送っています。メールが断られたり、迷惑メールになったりしないよう、次のレコードの登録をお願いします。同じ名前と種類のレコードがもうあるときは、消さずに、まずお知らせください。`,
    ...own.flatMap(({ check, found, ask }, at) => [
      '',
      `${at + 1}. ${check}`,
      `   名前: ${ask.name}`,
      `   種類: ${ask.type}`,
      `   値: ${ask.value}`,
      `   わけ: ${found}。`,
    ]),
    '',
    '登録が終わりましたら、お知らせください。こちらで確かめます。',
    '',
  ].join('\n')
}
