import { describe, expect, test } from '@jest/globals'

import { findAddress } from '../../../src/release/addressInWords'

describe('an address is found however it is written', () => {
  test.each([
    'https://bank.example/login',
    'HTTP://bank.example',
    'ｈｔｔｐｓ：／／bank.example',
    'ftp://bank.example',
    'line://ti/p/abc',
    'https:/bank.example',
    'https:bank',
    'mailto:a',
    'javascript:alert(1)',
    'www.bank.example',
    'ｗｗｗ．bank．example',
    'bank.example',
    'くわしくは bank.co.jp へ',
    'くわしくはbank.co.jpへ',
    'みなと銀行.jp',
    'みなと銀行。com',
    'bank。co。jp',
    '銀行.みんな',
    '例え.コム',
    'bank．com',
    'bank｡com',
    'bank。com/login',
    'bank․com',
    'bank﹒com',
    'bank·com',
    'b\u200bank.c\u200bom',
    'ba\u00adnk.com',
    'bank\u2060.\u2060com',
    'bank\ufeff.com',
    'bаnk.com', // Cyrillic а
    'bank.соm', // Cyrillic со
    'ⓑⓐⓝⓚ.ⓒⓞⓜ',
    '𝐛𝐚𝐧𝐤.𝐜𝐨𝐦',
    'xn--fsq.example',
    'XN--FSQ',
    'line.me/R/ti/p/@abc',
    'lin.ee/AbCdEf',
    'bit.ly/3xyz',
    't.co/abc',
    'city.example.jp@bank.example',
    'user:pass@bank.example',
    'kosodate@bank.example',
    'kosodate＠bank.example',
    '@123abcde',
    'LINE ID ＠abcde',
    'bank.example:8443/login',
    'localhost:3000',
    '192.168.0.1',
    '１９２．１６８．０．１',
    '8.8.8.8:80',
    '[::1]',
    'bank . com',
    'bank [.] com',
    'bank(dot)com',
    'bank（ドット）com',
    'bankドットcom',
    'ABC.TOKYO',
    '電話0123-45-6789 bank.jp',
    'a.jp',
    '1.to',
  ])('%s', (text) => {
    expect(findAddress(text)).not.toBeNull()
  })
})

describe('what municipalities write is none', () => {
  test.each([
    '健康子育て課',
    '健康こども課（母子保健係）',
    'こども家庭センター「はぐくみ」',
    '平日 8:30〜17:15',
    '平日 8：30～17：15(土日・祝日・年末年始を除く)',
    '月・水・金 9:00-12:00、13:00-16:00',
    '平日 8:45〜17:30、第2土曜 9:00〜12:00',
    '平日8.30〜17.15',
    '0123-45-6789',
    '0123-45-6789(内線123)',
    '０１２３ー４５ー６７８９',
    '03.1234.5678',
    '0120.12.3456',
    '+81 3-1234-5678',
    'TEL:0123-45-6789',
    'tel: 0123-45-6789 FAX:0123-45-6780',
    '#8000',
    '子育て便り No.5',
    'みなと町 子育て便り',
    'みなと町 No.12',
    '9 a.m. から 5 p.m. まで',
    '受付です。土曜は休みです。',
    '受付です．土曜は休みです．',
    '受付です。ABC教室は別です。',
    '4月1日〜6月30日',
    '2026.4.1から',
    '第2・第4水曜',
    '1階3番窓口',
    'Hinatano City',
    'A館・B館',
    '図書館 ☎ 0123-45-6780',
    '3.5か月',
    '3.5kg',
  ])('%s', (text) => {
    expect(findAddress(text)).toBeNull()
  })
})

test('a long text costs no more than its length', () => {
  const started = performance.now()
  for (const piece of ['a.', 'a-', 'a@', 'あ.', '1.', ':/', '( ', 'w']) {
    findAddress(piece.repeat(5_000))
  }
  expect(performance.now() - started).toBeLessThan(2_000)
})
