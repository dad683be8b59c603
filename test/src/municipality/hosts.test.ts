import { describe, expect, test } from '@jest/globals'

import {
  checkHosts,
  checkOwnAddress,
  hostOf,
  normalizeHosts,
} from '../../../src/municipality/hosts'

const HOSTS = ['www.city.example.jp', 'city.example.jp']

describe('an address on a host the municipality has named', () => {
  test.each([
    '',
    'https://www.city.example.jp/kosodate',
    'https://CITY.example.jp',
    'https://city.example.jp/?a=1#b',
  ])('%s is taken', (url) => {
    expect(checkOwnAddress(url, HOSTS)).toBe(true)
  })

  test.each([
    'http://www.city.example.jp/',
    'https://bank.example/',
    'https://www.city.example.jp.bank.example/',
    'https://bank.example/www.city.example.jp',
    'https://www.city.example.jp@bank.example/',
    'https://www.city.example.jp:8443/',
    'https://other.city.example.jp/',
    'https://xn--fsq.example/',
    'https://сity.example.jp/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://[::1]/',
    'https://www.city.example.jp\\@bank.example',
    'https:\\\\bank.example',
    'javascript:alert(1)',
    'www.city.example.jp',
  ])('%s is refused', (url) => {
    expect(checkOwnAddress(url, HOSTS)).not.toBe(true)
  })
})

test.each([
  [['www.city.example.jp'], true],
  [[], true],
  [['https://www.city.example.jp'], false],
  [['www.city.example.jp/kosodate'], false],
  [['www.city.example.jp:443'], false],
  [['127.0.0.1'], false],
  [['jp'], false],
  [['*.example.jp'], false],
  [['みなと町.jp'], false],
  [['xn--fsq.jp'], false],
  [['bit.ly'], false],
  [['lin.ee'], false],
  [['www.bit.ly'], false],
  [Array.from({ length: 21 }, (_, at) => `a${at}.example.jp`), false],
])('hosts %j: %s', (hosts, isTaken) => {
  expect(checkHosts(hosts) === true).toBe(isTaken)
})

test('hosts are kept as they are compared', () => {
  expect(normalizeHosts([' ＷＷＷ.City.example.JP '])).toEqual(['www.city.example.jp'])
  expect(hostOf('https://WWW.city.example.jp/a')).toBe('www.city.example.jp')
  expect(hostOf('http://www.city.example.jp')).toBeNull()
})
