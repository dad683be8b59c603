import { expect, test } from '@jest/globals'

import { readTypedAddress, readWebAddress } from '../../../src/release/webAddress'

test.each([
  [
    'https://example.jp/子育て?q=つわり',
    'https://example.jp/%E5%AD%90%E8%82%B2%E3%81%A6?q=%E3%81%A4%E3%82%8F%E3%82%8A',
  ],
  ['https://例え.jp/a', 'https://xn--r8jz45g.jp/a'],
  ['https://example.jp/a b', 'https://example.jp/a%20b'],
  ['https://example.jp/kosodate_(0-2).html', 'https://example.jp/kosodate_%280-2%29.html'],
  ["https://example.jp/it's#it's", 'https://example.jp/it%27s#it%27s'],
  ['https://example.jp/a[1]?b[]=1', 'https://example.jp/a%5B1%5D?b%5B%5D=1'],
  ['https://example.jp/?a="x"&b=<y>', 'https://example.jp/?a=%22x%22&b=%3Cy%3E'],
  ['https://example.jp/@superbook.apk', 'https://example.jp/@superbook.apk'],
  ['https://example.jp/%E3%81%82?x=%82%A0', 'https://example.jp/%E3%81%82?x=%82%A0'],
  ['https://example.jp:8443/a#b', 'https://example.jp:8443/a#b'],
])('%s is sent whole as %s', (typed, href) => {
  expect(readTypedAddress(typed)).toEqual({ href })
  expect(readWebAddress(href)).toEqual({ href })
})

test.each([
  'https://example.jp/%E3%81?x=%',
  'https://example.jp/100%',
  'https://example.jp/?q=%zz',
])('a %% that begins no code is named when %s is typed, and mended in what is out', (typed) => {
  expect(readTypedAddress(typed)).toEqual({ fault: 'half-code' })
  expect(readWebAddress(typed)).toEqual({ href: typed.replace(/%(?![0-9A-F]{2})/g, '%25') })
})
