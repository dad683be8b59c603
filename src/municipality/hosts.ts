import { findAddress } from '../release/addressInWords'
import { readTypedAddress } from '../release/webAddress'
import { shorten } from '../release/graphemes'
import { checkHttps, isEmpty, type Verdict } from '../fields/checks'

/** Most hosts a municipality names. */
export const MAX_HOSTS = 20

/** Longest name of a host. https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4 */
const MAX_HOST = 253

const HOST = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$/

/** Services that hide where a link leads. */
const SHORTENERS = new Set(
  (
    'bit.ly bitly.com t.co tinyurl.com goo.gl g.co ow.ly is.gd v.gd x.gd buff.ly cutt.ly rb.gy t.ly ' +
    'rebrand.ly tiny.cc urx.nu urx.blue onl.la onl.bz onl.sc qr.quel.jp lin.ee line.me liff.line.me ' +
    'shorturl.at s.id lnkd.in fb.me youtu.be amzn.to amzn.asia forms.gle dlvr.it 00m.in 1drv.ms'
  ).split(' '),
)

/** Host of an https address as it is compared; null where there is none. *Pure.* */
export function hostOf(url: unknown): string | null {
  if (typeof url !== 'string' || isEmpty(url)) return null
  const read = readTypedAddress(url)
  return 'href' in read ? new URL(read.href).hostname : null
}

/** Hosts as they are kept: small letters, half width, nothing around them. *Pure.* */
export function normalizeHosts(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  return value.map((host: unknown) =>
    typeof host === 'string' && host.length <= MAX_HOST * 4
      ? host.normalize('NFKC').trim().toLowerCase()
      : host,
  )
}

/** Whether these are hosts that a municipality may name for its addresses. *Pure.* */
export function checkHosts(value: unknown): Verdict {
  const hosts: unknown[] = Array.isArray(value) ? value : isEmpty(value) ? [] : [value]
  if (hosts.length > MAX_HOSTS) return `ホスト名は ${MAX_HOSTS} 件までです。`
  for (const host of hosts) {
    const verdict = checkHost(String(host))
    if (verdict !== true) return verdict
  }
  return true
}

function checkHost(host: string): Verdict {
  const shown = shorten(host, 60)
  if (!HOST.test(host) || host.includes('xn--')) {
    return `「${shown}」はホスト名として読めません。アドレスの https:// と次の / のあいだを、半角の英数字で入力してください(例: www.city.example.jp)。数字だけのアドレスや、日本語のドメインは使えません。`
  }
  if (SHORTENERS.has(host) || SHORTENERS.has(host.replace(/^www\./, ''))) {
    return `「${shown}」は、どこへ行くのかが見えない短縮アドレスなどのサービスです。自治体のページのホスト名を入力してください。`
  }
  return true
}

/** An https address on a host that the municipality has named, or nothing. *Pure.* */
export function checkOwnAddress(value: unknown, hosts: readonly string[]): Verdict {
  const https = checkHttps(value)
  if (https !== true || isEmpty(value)) return https
  if (String(value).includes('\\')) return 'アドレスの \\ を / に直してください。'
  const { hostname, port } = new URL(String(value).trim())
  if (port !== '') {
    return `「:${port}」のようなポートの番号は使えません。アドレスを、番号のない形にしてください。`
  }
  if (hosts.includes(hostname)) return true
  const known =
    hosts.length > 0 ? `いまあるのは ${hosts.join('、')} です。` : 'まだ 1 つもありません。'
  return `「${shorten(hostname, 60)}」は、この自治体が使うと決めたホスト名にありません。${known}アドレスを確かめるか、「アドレスに使えるホスト名」に加えてください。`
}

/** True for words without any address; they stand where nobody would look for a link. *Pure.* */
export function checkNoAddress(value: unknown, label: string): Verdict {
  if (typeof value !== 'string') return true
  const found = findAddress(value)
  if (found === null) return true
  return `${label}に「${shorten(found, 40)}」があります。ここには、ページやメールのアドレス、LINE の ID を書けません。案内するページは「案内ページ」に入力してください。`
}
