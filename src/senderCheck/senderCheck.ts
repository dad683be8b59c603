import { createPublicKey } from 'node:crypto'
import { BlockList, isIPv4 } from 'node:net'

import type { MailResolver } from './resolver'
import { MOST_SPF_LOOKUPS, readSpf, type SpfFound } from './spf'

/** How mails of a municipality go out. */
export interface Sending {
  /** Of the sender's address. */
  domain: string
  /** Of the envelope sender, to which mails come back. */
  returnDomain: string
  /** Host of the relay, or null in practice. */
  relay: string | null
  /** What mails are signed with: `key` is the public one in base64, or null when only the relay has it. */
  dkim: { domain: string; selector: string; key: string | null } | null
  /** Address of the readers' pages. */
  publicUrl: string | null
}

/** A record that whoever keeps the DNS is asked for. */
export interface AskedRecord {
  name: string
  type: 'TXT' | 'MX' | 'PTR'
  value: string
}

/** One thing that was looked at. */
export interface Finding {
  check: 'DNS' | 'MX' | 'SPF' | 'DKIM' | 'DMARC' | 'PTR' | 'List-Unsubscribe'
  /** `unsure`: a person has to compare, or no answer was had. */
  state: 'good' | 'unsure' | 'wrong'
  /** What was found and, unless it is good, what is expected, in Japanese. */
  found: string
  ask?: AskedRecord
}

/**
 * Looks at what decides whether a municipality's mails arrive: SPF, DKIM, DMARC, the relay's names, and
 * whether one click stops them. Asks the DNS alone; a question without an answer is a finding.
 *
 * Source: RFC 7208, RFC 6376, RFC 7489, RFC 8058,
 * https://support.google.com/a/answer/81126
 */
export async function checkSender(sending: Sending, resolver: MailResolver): Promise<Finding[]> {
  const of = (check: Finding['check'], work: () => Promise<Finding[]>) => answered(check, work)
  const nothing = await of('DNS', () => checkKnown(sending, resolver))
  if (nothing.length > 0) return nothing
  const found = await Promise.all([
    of('MX', () => checkMx(sending, resolver)),
    of('SPF', () => checkSpf(sending, resolver)),
    of('DKIM', () => checkDkim(sending, resolver)),
    of('DMARC', () => checkDmarc(sending, resolver)),
    of('PTR', () => checkNames(sending, resolver)),
  ])
  return [...found.flat(), checkUnsubscribe(sending)]
}

async function answered(
  check: Finding['check'],
  work: () => Promise<Finding[]>,
): Promise<Finding[]> {
  try {
    return await work()
  } catch (error) {
    const { code = '' } = error as { code?: string }
    const found = `DNS の答えがありません(${code})。少しあとで、もう一度確かめてください`
    return [{ check, state: 'unsure', found }]
  }
}

/** A domain of which the DNS knows nothing is mistyped, or this machine does not see the internet's. */
async function checkKnown({ domain }: Sending, resolver: MailResolver): Promise<Finding[]> {
  const { mx, txt, addresses } = resolver
  const known = await Promise.all([mx, txt, addresses].map((ask) => ask(domain)))
  if (known.flat().length > 0) return []
  const found = `${domain} について、この機械の DNS は何も知りません。つづりと、この機械がインターネットの DNS に聞けるかを確かめてください`
  return [{ check: 'DNS', state: 'wrong', found }]
}

/** Carriers take no mail from a domain that takes none, and refusals have to find their way. */
async function checkMx(
  { domain, returnDomain }: Sending,
  resolver: MailResolver,
): Promise<Finding[]> {
  const domains = [...new Set([domain, returnDomain])]
  return Promise.all(
    domains.map(async (name): Promise<Finding> => {
      const servers = await resolver.mx(name)
      if (servers.length > 0) return good('MX', `${name} の MX は ${servers.join('、')}`)
      const ask = { name, type: 'MX' as const, value: '10 受け取るメールサーバーの名前' }
      const why = '受け取れないドメインからのメールを、携帯電話会社は断ります'
      return { check: 'MX', state: 'wrong', found: `${name} の MX がありません。${why}`, ask }
    }),
  )
}

async function checkSpf(sending: Sending, resolver: MailResolver): Promise<Finding[]> {
  const { returnDomain: name, relay } = sending
  const spf = await readSpf(name, resolver)
  const ips = relay ? await resolver.addresses(relay) : []
  const [record] = spf.records
  const wanted = `v=spf1 ${ips.map((ip) => `ip${isIPv4(ip) ? 4 : 6}:${ip}`).join(' ') || 'include:中継サーバーの案内にある名前'} ~all`
  if (record === undefined) {
    const found = `${name} の SPF(v=spf1 で始まる TXT)がありません`
    return [{ check: 'SPF', state: 'wrong', found, ask: { name, type: 'TXT', value: wanted } }]
  }
  const fault = spfFault(spf, name)
  if (fault !== null) return [{ check: 'SPF', state: 'wrong', found: fault }]
  if (ips.length === 0 || ips.some((ip) => isAmong(ip, spf.networks))) {
    return [good('SPF', `${name} の SPF は「${record}」`)]
  }
  const found = `${name} の SPF「${record}」に、中継サーバー ${relay} の IP(${ips.join('、')})が見つかりません。送り出す IP が別のとき(クラウドの中継サーバーなど)は、その案内にある include が入っているかを確かめてください`
  return [{ check: 'SPF', state: 'unsure', found }]
}

function spfFault({ records, lookups }: SpfFound, name: string): string | null {
  if (records.length > 1) return `${name} の SPF が ${records.length} つあります。1 つにまとめます`
  if (lookups > MOST_SPF_LOOKUPS) {
    return `${name} の SPF が調べる名前が ${MOST_SPF_LOOKUPS} より多いので、無効になります。使っていない include を消します`
  }
  return /[+\s]\+?all$/i.test(records[0] ?? '')
    ? `${name} の SPF の終わりが、だれからのメールも許す +all です。~all か -all にします`
    : null
}

function isAmong(ip: string, networks: readonly string[]): boolean {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', length] = network.split('/')
    const family = isIPv4(address) ? 'ipv4' : 'ipv6'
    try {
      list.addSubnet(address, Number(length ?? (family === 'ipv4' ? 32 : 128)), family)
    } catch {
      continue // what is no network lets nobody send
    }
  }
  return list.check(ip, isIPv4(ip) ? 'ipv4' : 'ipv6')
}

async function checkDkim({ domain, dkim }: Sending, resolver: MailResolver): Promise<Finding[]> {
  if (dkim === null) {
    const found =
      '署名の鍵(DKIM_DOMAIN・DKIM_SELECTOR・DKIM_PRIVATE_KEY)がありません。中継サーバーが署名するなら、その鍵の名前(セレクター、コマンドでは --selector)を付けて確かめられます'
    return [{ check: 'DKIM', state: 'unsure', found }]
  }
  const name = `${dkim.selector}._domainkey.${dkim.domain}`
  const [record] = (await resolver.txt(name)).filter((one) => /\bp=/.test(one))
  const value = `v=DKIM1; k=rsa; p=${dkim.key ?? '中継サーバーの案内にある公開鍵'}`
  const ask: AskedRecord = { name, type: 'TXT', value }
  const wrong = (found: string): Finding[] => [{ check: 'DKIM', state: 'wrong', found, ask }]
  if (record === undefined) return wrong(`${name} に公開鍵がありません`)
  const key = /\bp=([^;]*)/.exec(record)?.[1]?.replace(/\s/g, '') ?? ''
  if (key === '') return wrong(`${name} の鍵は取り消されています(p= が空)`)
  if (dkim.key !== null && key !== dkim.key) {
    return wrong(`${name} の公開鍵が、この kizuna の鍵(DKIM_PRIVATE_KEY)と違います`)
  }
  const bits = bitsOf(key)
  if (bits !== null && bits < 1024) return wrong(`${name} の鍵が短すぎます(${bits} ビット)`)
  const isOwn = isAligned(dkim.domain, domain)
  if (isOwn) return [good('DKIM', `${name} に公開鍵があります(${bits ?? '長さ不明'} ビット)`)]
  const found = `署名のドメイン ${dkim.domain} が、差出アドレスの ${domain} と別なので、DMARC には数えられません`
  return [{ check: 'DKIM', state: 'unsure', found }]
}

function bitsOf(key: string): number | null {
  try {
    const der = { key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' } as const
    return createPublicKey(der).asymmetricKeyDetails?.modulusLength ?? null
  } catch {
    return null
  }
}

async function checkDmarc(sending: Sending, resolver: MailResolver): Promise<Finding[]> {
  const { domain, returnDomain, dkim } = sending
  const isCounted = isAligned(returnDomain, domain) || isAligned(dkim?.domain ?? '', domain)
  for (const name of treeOf(domain)) {
    const [record] = (await resolver.txt(`_dmarc.${name}`)).filter((one) =>
      /^v=DMARC1\b/i.test(one),
    )
    if (record === undefined) continue
    const found = `_dmarc.${name} は「${record}」`
    if (isCounted) return [good('DMARC', found)]
    const why = `署名も戻り先も ${domain} のものではないので、DMARC に通りません。DKIM の署名を ${domain} にします`
    return [{ check: 'DMARC', state: 'wrong', found: `${found}。${why}` }]
  }
  const ask: AskedRecord = { name: `_dmarc.${domain}`, type: 'TXT', value: 'v=DMARC1; p=none' }
  const found = `_dmarc.${domain} がありません。Gmail は、たくさん送る差出人に求めています`
  return [{ check: 'DMARC', state: 'wrong', found, ask }]
}

/** A domain and those above it, down to two labels: a record of theirs holds below. */
function treeOf(domain: string): string[] {
  const labels = domain.split('.')
  return labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'))
}

/** Relaxed, RFC 7489 3.1: one is the other, or above it; a little stricter where both have one above. */
function isAligned(one: string, other: string): boolean {
  return one === other || other.endsWith(`.${one}`) || one.endsWith(`.${other}`)
}

/** The names of the relay's addresses lead back to them. */
async function checkNames({ relay }: Sending, resolver: MailResolver): Promise<Finding[]> {
  if (relay === null) {
    return [{ check: 'PTR', state: 'unsure', found: '中継サーバー(SMTP_URL)がありません' }]
  }
  const ips = await resolver.addresses(relay)
  if (ips.length === 0) {
    return [{ check: 'PTR', state: 'wrong', found: `中継サーバー ${relay} の IP がありません` }]
  }
  return Promise.all(ips.map((ip) => checkName(ip, relay, resolver)))
}

async function checkName(ip: string, relay: string, resolver: MailResolver): Promise<Finding> {
  const names = await resolver.names(ip)
  const back = await Promise.all(names.map((name) => resolver.addresses(name)))
  if (back.some((ips) => ips.includes(ip))) return good('PTR', `${ip} の名前は ${names.join('、')}`)
  const found =
    names.length === 0
      ? `${ip} に名前(逆引き)がありません`
      : `${ip} の名前 ${names.join('、')} から、この IP に戻れません`
  const ask: AskedRecord = { name: ip, type: 'PTR', value: relay }
  return { check: 'PTR', state: 'wrong', found: `${found}。中継サーバーの事業者に頼みます`, ask }
}

/** The product writes both headers; what they lead to has to be https. */
function checkUnsubscribe({ publicUrl }: Sending): Finding {
  const check = 'List-Unsubscribe'
  if (publicUrl?.startsWith('https://')) {
    return good(check, `どの文にも、${publicUrl} で 1 回押すと止まるリンクが付きます(RFC 8058)`)
  }
  const found = `PUBLIC_URL が https で始まらない(${publicUrl ?? 'なし'})ので、Gmail などは止めるボタンを出しません`
  return { check, state: 'wrong', found }
}

function good(check: Finding['check'], found: string): Finding {
  return { check, state: 'good', found }
}
