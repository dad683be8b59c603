import { generateKeyPairSync } from 'node:crypto'

import { describe, expect, test } from '@jest/globals'

import { checkSender, type Finding, type Sending } from '../../../src/senderCheck/senderCheck'
import { sendingOf } from '../../../src/senderCheck/sending'
import { readSpf } from '../../../src/senderCheck/spf'
import { dnsOf, type Records } from './dns'

const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
const key = pem.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
const short = generateKeyPairSync('rsa', { modulusLength: 768 })
const shortKey = short.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')

const SENDING: Sending = {
  domain: 'minato.example',
  returnDomain: 'bounce.minato.example',
  relay: 'relay.example',
  dkim: { domain: 'minato.example', selector: 's1', key },
  publicUrl: 'https://kizuna.example',
}

const GOOD = {
  mx: { 'minato.example': ['mx.minato.example'], 'bounce.minato.example': ['mx.minato.example'] },
  txt: {
    'minato.example': ['something=else'],
    'bounce.minato.example': [
      'v=spf1 include:_spf.relay.example ~all',
      'google-site-verification=x',
    ],
    '_spf.relay.example': ['v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all'],
    's1._domainkey.minato.example': [`v=DKIM1; k=rsa; p=${key}`],
    '_dmarc.minato.example': ['v=DMARC1; p=none'],
  },
  addresses: {
    'relay.example': ['192.0.2.7', '2001:db8::7'],
    'out.relay.example': ['192.0.2.7', '2001:db8::7'],
  },
  names: { '192.0.2.7': ['out.relay.example'], '2001:db8::7': ['out.relay.example'] },
} satisfies Records

/** What is found with a DNS like the good one but for some names. */
async function found(change: Records, sending: Partial<Sending> = {}): Promise<Finding[]> {
  const records: Records = {
    mx: { ...GOOD.mx, ...change.mx },
    txt: { ...GOOD.txt, ...change.txt },
    addresses: { ...GOOD.addresses, ...change.addresses },
    names: { ...GOOD.names, ...change.names },
  }
  return checkSender({ ...SENDING, ...sending }, dnsOf(records))
}

const noted = (findings: Finding[]) =>
  findings.filter(({ state }) => state !== 'good').map(({ check, state }) => `${check} ${state}`)

test('a sender with everything in place is good all over', async () => {
  const findings = await found({})
  expect(noted(findings)).toEqual([])
  expect(findings.map(({ check }) => check)).toEqual([
    'MX',
    'MX',
    'SPF',
    'DKIM',
    'DMARC',
    'PTR',
    'PTR',
    'List-Unsubscribe',
  ])
  expect(findings.some(({ ask }) => ask)).toBe(false)
})

const SPF = 'bounce.minato.example'
const DKIM = 's1._domainkey.minato.example'
const DMARC = '_dmarc.minato.example'

interface Row {
  label: string
  change: Records
  sending?: Partial<Sending>
  note: string
  /** A part of what is said. */
  says: string
  /** Name and value that is asked for. */
  ask?: [string, string]
}

const ROWS: Row[] = [
  {
    label: 'the sender takes no mail',
    change: { mx: { 'minato.example': [] } },
    note: 'MX wrong',
    says: '携帯電話会社',
    ask: ['minato.example', '10 受け取るメールサーバーの名前'],
  },
  {
    label: 'no SPF',
    change: { txt: { [SPF]: ['something=else'] } },
    note: 'SPF wrong',
    says: 'がありません',
    ask: [SPF, 'v=spf1 ip4:192.0.2.7 ip6:2001:db8::7 ~all'],
  },
  {
    label: 'two SPF',
    change: { txt: { [SPF]: ['v=spf1 -all', 'v=spf1 ~all'] } },
    note: 'SPF wrong',
    says: '2 つあります',
  },
  {
    label: 'an SPF for all the world',
    change: { txt: { [SPF]: ['v=spf1 +all'] } },
    note: 'SPF wrong',
    says: '+all',
  },
  {
    label: 'an SPF that goes round in circles',
    change: { txt: { [SPF]: [`v=spf1 ${'a mx '.repeat(5)}include:${SPF} -all`] } },
    note: 'SPF wrong',
    says: '10 より多い',
  },
  {
    label: 'the relay is not in the SPF',
    change: { txt: { '_spf.relay.example': ['v=spf1 ip4:198.51.100.0/24 -all'] } },
    note: 'SPF unsure',
    says: '192.0.2.7',
  },
  {
    label: 'no key in the DNS',
    change: { txt: { [DKIM]: [] } },
    note: 'DKIM wrong',
    says: '公開鍵がありません',
    ask: [DKIM, `v=DKIM1; k=rsa; p=${key}`],
  },
  {
    label: 'another key in the DNS',
    change: { txt: { [DKIM]: [`v=DKIM1; p=${shortKey}`] } },
    note: 'DKIM wrong',
    says: 'と違います',
    ask: [DKIM, `v=DKIM1; k=rsa; p=${key}`],
  },
  {
    label: 'a key that was taken back',
    change: { txt: { [DKIM]: ['v=DKIM1; p='] } },
    note: 'DKIM wrong',
    says: '取り消されて',
    ask: [DKIM, `v=DKIM1; k=rsa; p=${key}`],
  },
  {
    label: 'a relay’s key that is too short',
    change: { txt: { [DKIM]: [`v=DKIM1; p=${shortKey}`] } },
    sending: { dkim: { domain: 'minato.example', selector: 's1', key: null } },
    note: 'DKIM wrong',
    says: '768 ビット',
    ask: [DKIM, 'v=DKIM1; k=rsa; p=中継サーバーの案内にある公開鍵'],
  },
  {
    label: 'no signature of ours',
    change: {},
    sending: { dkim: null },
    note: 'DKIM unsure',
    says: '--selector',
  },
  {
    label: 'no DMARC',
    change: { txt: { [DMARC]: [] } },
    note: 'DMARC wrong',
    says: 'Gmail',
    ask: [DMARC, 'v=DMARC1; p=none'],
  },
  {
    label: 'the relay has no name',
    change: { names: { '192.0.2.7': [] } },
    note: 'PTR wrong',
    says: '逆引き',
    ask: ['192.0.2.7', 'relay.example'],
  },
  {
    label: 'the relay’s name leads elsewhere',
    change: { names: { '192.0.2.7': ['other.example'] } },
    note: 'PTR wrong',
    says: '戻れません',
    ask: ['192.0.2.7', 'relay.example'],
  },
  {
    label: 'pages without TLS',
    change: {},
    sending: { publicUrl: 'http://kizuna.example' },
    note: 'List-Unsubscribe wrong',
    says: 'https',
  },
  {
    label: 'a DNS that does not answer',
    change: { txt: { [DMARC]: Object.assign(new Error('late'), { code: 'ETIMEOUT' }) } },
    note: 'DMARC unsure',
    says: 'ETIMEOUT',
  },
]

describe('one thing that is not as it should be is told, with what to ask for', () => {
  test.each(ROWS)('$label', async ({ change, sending, note, says, ask }) => {
    const findings = await found(change, sending)
    expect(noted(findings)).toEqual([note])
    const [told] = findings.filter(({ state }) => state !== 'good')
    expect(told?.found).toContain(says)
    expect(told?.ask && [told.ask.name, told.ask.value]).toEqual(ask)
  })
})

test('of a domain that the DNS does not know at all nothing is advised', async () => {
  const findings = await found({}, { domain: 'nowhere.example' })
  expect(findings).toMatchObject([{ check: 'DNS', state: 'wrong' }])
  expect(findings[0]?.ask).toBeUndefined()
})

test('a DMARC record of the domain above holds, and passes by neither way of another domain', async () => {
  const above = {
    mx: { 'mail.minato.example.jp': ['mx'] },
    txt: { [DMARC]: [], '_dmarc.example.jp': ['v=DMARC1; p=reject'] },
  }
  const sending = {
    domain: 'mail.minato.example.jp',
    returnDomain: 'kizuna.example',
    dkim: { domain: 'kizuna.example', selector: 's1', key },
  }
  const findings = await found(above, sending)
  const dmarc = findings.find(({ check }) => check === 'DMARC')
  expect(dmarc).toMatchObject({ state: 'wrong', found: expect.stringContaining('p=reject') })
  const signed = { ...sending, dkim: { domain: 'minato.example.jp', selector: 's1', key } }
  const passing = (await found(above, signed)).find(({ check }) => check === 'DMARC')
  expect(passing?.state).toBe('good')
})

test('an SPF is read with all it takes over, a circle once', async () => {
  const txt = {
    'a.example': ['v=spf1 ip4:192.0.2.1 include:b.example redirect=c.example'],
    'b.example': ['v=spf1 include:a.example ip6:2001:db8::1 -ip4:192.0.2.9 ~all'],
    'c.example': ['v=spf1 mx -all'],
  }
  expect(await readSpf('a.example', dnsOf({ txt }))).toEqual({
    records: txt['a.example'],
    lookups: 4,
    includes: ['b.example', 'c.example'],
    networks: ['192.0.2.1', '2001:db8::1'],
  })
})

test('how mails go out is taken from the settings', () => {
  const settings = {
    SMTP_URL: 'smtps://u:p@relay.example:465',
    PUBLIC_URL: 'https://kizuna.example',
    MAIL_BOUNCE_ADDRESS: 'bounces@bounce.minato.example',
    DKIM_DOMAIN: 'minato.example',
    DKIM_SELECTOR: 's1',
    DKIM_PRIVATE_KEY: pem.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
  expect(sendingOf(settings, 'minato.example')).toEqual(SENDING)
  const none = { ...settings, MAIL_BOUNCE_ADDRESS: null, DKIM_PRIVATE_KEY: null, SMTP_URL: null }
  expect(sendingOf(none, 'minato.example', 'of-relay')).toMatchObject({
    returnDomain: 'minato.example',
    relay: null,
    dkim: { domain: 'minato.example', selector: 'of-relay', key: null },
  })
})
