import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'

import type { Look } from '../../../src/links/finding'
import { createLookAt, findingOfError } from '../../../src/links/lookAt'
import { findingOfName, isPublicAddress } from '../../../src/links/publicHosts'

const asked: string[] = []

const to = (location: string) => (response: ServerResponse) =>
  response.writeHead(301, { location }).end()
const status = (code: number) => (response: ServerResponse) => response.writeHead(code).end('x')

/** A site of the internet, with what servers do. */
const PAGES: Record<string, (response: ServerResponse) => unknown> = {
  '/': status(200),
  '/page': status(200),
  '/gone': status(404),
  '/away': status(410),
  '/fault': status(500),
  '/closed': status(403),
  '/moved': to('/page'),
  '/moved-japanese': to('/%E5%AD%90'),
  '/%E5%AD%90': status(200),
  '/front': to('/'),
  '/loop': to('/loop'),
  '/inside': to('http://169.254.169.254/latest/'),
  '/mail': to('mailto:a@example.jp'),
  '/huge': (response) => {
    response.writeHead(200)
    const more = () => response.write('x'.repeat(65_536), () => response.destroyed || more())
    more()
  },
  '/hang-up': (response) => response.destroy(),
  '/slow': () => undefined,
}

const server = createServer(({ url = '' }, response) => {
  asked.push(url)
  ;(PAGES[url] ?? status(404))(response)
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

afterAll(() => {
  server.close()
  server.closeAllConnections()
})
beforeEach(() => {
  asked.length = 0
})

/** As on the internet, with this machine as a part of it. */
const lookAt = createLookAt({
  isAllowed: (address) => address === '127.0.0.1' || isPublicAddress(address),
  ofName: () => null,
  timeoutMs: 500,
})

test.each<[string, Look]>([
  ['/page', { finding: 'there', status: 200 }],
  ['/gone', { finding: 'gone', status: 404 }],
  ['/away', { finding: 'gone', status: 410 }],
  ['/fault', { finding: 'fault', status: 500 }],
  ['/closed', { finding: 'closed', status: 403 }],
  ['/moved', { finding: 'there', status: 200 }],
  ['/moved-japanese', { finding: 'there', status: 200 }],
  ['/front', { finding: 'front', status: 200 }],
  ['/loop', { finding: 'fault', status: 301 }],
  ['/mail', { finding: 'there', status: 301 }],
  ['/inside', { finding: 'inside', status: null }],
  ['/huge', { finding: 'there', status: 200 }],
  ['/hang-up', { finding: 'silent', status: null }],
  ['/slow', { finding: 'silent', status: null }],
])('%s', async (path, look) => {
  expect(await lookAt(`${site}${path}`)).toEqual(look)
})

test('where nobody listens', async () => {
  expect(await lookAt('http://127.0.0.1:1/')).toEqual({ finding: 'silent', status: null })
})

describe('nothing inside is ever asked', () => {
  const { port } = new URL(site)
  test.each([
    ['this machine by number', `${site}/page`],
    ['this machine by another spelling', `http://2130706433:${port}/page`],
    ['this machine by a number of IPv6', `http://[::ffff:127.0.0.1]:${port}/page`],
    ['a name that leads inside', `http://localhost:${port}/page`],
  ])('%s', async (_what, address) => {
    const careful = createLookAt({ ofName: () => null, timeoutMs: 500 })
    expect(await careful(address)).toEqual({ finding: 'inside', status: null })
    expect(asked).toEqual([])
  })

  test.each([
    ['8.8.8.8', true],
    ['2001:4860:4860::8888', true],
    ['10.1.2.3', false],
    ['172.16.0.1', false],
    ['192.168.1.1', false],
    ['100.64.0.1', false],
    ['169.254.169.254', false],
    ['0.0.0.0', false],
    ['224.0.0.1', false],
    ['::1', false],
    ['fd00::1', false],
    ['fe80::1', false],
    ['::ffff:10.0.0.1', false],
    ['64:ff9b::a00:1', false],
    ['city.example.jp', false],
  ])('%s is public: %s', (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic)
  })

  test.each([
    ['https://www.city.example.jp/', 'example'],
    ['https://example.com/', 'example'],
    ['https://notexample.jp/', null],
    ['https://www.pref.aomori.lg.jp/', null],
    ['https://intra/', 'inside'],
    ['https://portal.lgwan.jp/', 'inside'],
    ['https://printer.local/', 'inside'],
    ['https://[2001:db8::1]/', null],
  ])('%s by its name: %s', (address, finding) => {
    expect(findingOfName(new URL(address))).toBe(finding)
  })
})

test.each([
  ['ENOTFOUND', 'silent'],
  ['CERT_HAS_EXPIRED', 'silent'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'closed'],
  ['HPE_INVALID_HEADER_TOKEN', 'closed'],
])('an error %s means %s', (code, finding) => {
  expect(findingOfError(Object.assign(new Error(code), { code }))).toBe(finding)
})
