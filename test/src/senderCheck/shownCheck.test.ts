import { expect, test } from '@jest/globals'

import type { Finding } from '../../../src/senderCheck/senderCheck'
import { askingLetters, checkWords } from '../../../src/senderCheck/shownCheck'

const GOOD: Finding = { check: 'MX', state: 'good', found: 'MX があります' }
const UNSURE: Finding = { check: 'DKIM', state: 'unsure', found: '鍵がありません' }
const DMARC: Finding = {
  check: 'DMARC',
  state: 'wrong',
  found: '_dmarc.minato.example がありません',
  ask: { name: '_dmarc.minato.example', type: 'TXT', value: 'v=DMARC1; p=none' },
}
const PTR: Finding = {
  check: 'PTR',
  state: 'wrong',
  found: '192.0.2.7 に名前(逆引き)がありません',
  ask: { name: '192.0.2.7', type: 'PTR', value: 'relay.example' },
}
const lettersOf = (findings: Finding[]) =>
  askingLetters({ at: '', domain: 'minato.example', selector: null, findings })

test.each([
  [[GOOD], '直すものはありません。'],
  [[GOOD, UNSURE], '直すものはありません。人が確かめるものが 1 件あります。'],
  [[GOOD, UNSURE, DMARC], '直すものが 1 件あります。'],
])('how it stands is one sentence', (findings, words) => {
  expect(checkWords(findings)).toContain(words)
})

test('nobody is written to when nothing is missing', () => {
  expect(lettersOf([GOOD, UNSURE])).toEqual([])
})

test('whoever keeps the DNS, and the relay’s provider, each get what is theirs', () => {
  const [dns, relay, ...others] = lettersOf([GOOD, DMARC, PTR])
  expect(others).toEqual([])
  expect([dns?.to, relay?.to]).toEqual(['DNS を受け持つ方', '中継サーバーの事業者'])
  for (const line of ['名前: _dmarc.minato.example', '種類: TXT', '値: v=DMARC1; p=none'])
    expect(dns?.text).toContain(line)
  expect(dns?.text).not.toContain('192.0.2.7')
  expect(relay?.text).toContain('種類: PTR')
  expect(relay?.text).not.toContain('_dmarc')
})

test('a letter stands alone: to whom, of which domain, what for and how it ends', () => {
  expect(lettersOf([DMARC])[0]?.text).toBe(`件名: minato.example の DNS の登録のお願い

DNS を受け持つ方へ

子育て便りのメールを minato.example から送っています。メールが断られたり、迷惑メールになったりしないよう、次のレコードの登録をお願いします。同じ名前と種類のレコードがもうあるときは、消さずに、まずお知らせください。

1. DMARC
   名前: _dmarc.minato.example
   種類: TXT
   値: v=DMARC1; p=none
   わけ: _dmarc.minato.example がありません。

登録が終わりましたら、お知らせください。こちらで確かめます。
`)
})
