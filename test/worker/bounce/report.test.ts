import { describe, expect, test } from '@jest/globals'

import { blindIndex, generateKeyRing, parseKeyRing } from '../../../src/secret/seal'
import { readReport } from '../../../worker/bounce/report'
import { createReturnPaths } from '../../../worker/bounce/returnPath'
import { arf, dsn, letter, recipient, RETURN } from './fixtures'

const ring = parseKeyRing(generateKeyRing())
const paths = createReturnPaths({ ring, address: 'bounces@mail.example' })
const indexOf = (address: string) =>
  blindIndex(ring, address.toLowerCase().replaceAll('"', ''), 'identity:mail:mail')
const pathOf = (address: string) =>
  paths.of({ index: indexOf(address), town: '131016', sentOn: '2026-12-01' })

const read = (text: string, to = 'reader@family.example') =>
  readReport({ raw: Buffer.from(text.replaceAll(RETURN, pathOf(to))) }, { paths, indexOf })

const NOTHING_SAID = { original: 'Subject: x' }

interface Row {
  label: string
  given: string
  kind: string
  code: string
  /** Whom the mail went to. */
  to?: string
}

const ROWS: Row[] = [
  {
    label: 'Postfix: no such user',
    given: dsn({
      recipients: [
        recipient(
          '5.1.1',
          '550 5.1.1 <reader@family.example>: Recipient address rejected:\n    User unknown in local recipient table',
        ),
      ],
    }),
    kind: 'hard',
    code: '5.1.1',
  },
  {
    label: 'Postfix: the domain has gone',
    given: dsn({ recipients: [recipient('5.4.4', 'Host or domain name not found')] }),
    kind: 'soft',
    code: '5.4.4',
  },
  {
    label: 'Postfix: still trying',
    given: dsn({ recipients: [recipient('4.4.1', 'timed out', { action: 'delayed' })] }),
    kind: 'ignored',
    code: 'delayed',
  },
  {
    label: 'Exchange: RecipientNotFound',
    given: dsn({
      from: 'postmaster@family.example',
      headers: 'X-Auto-Response-Suppress: All\n',
      recipients: [
        recipient('5.1.10', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found'),
      ],
    }),
    kind: 'hard',
    code: '5.1.10',
  },
  {
    label: 'Exchange: the sender may not write there',
    given: dsn({ recipients: [recipient('5.7.1', '550 5.7.1 RESOLVER.RST.NotAuthorized')] }),
    kind: 'ours',
    code: '5.7.1',
  },
  {
    label: 'Gmail: no such account',
    given: dsn({
      from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
      headers: 'X-Failed-Recipients: reader@gmail.example\n',
      recipients: [
        recipient(
          '5.1.1',
          '550-5.1.1 The email account that you tried to reach does not exist.\n 550 5.1.1 https://support.google.example/?p=NoSuchUser',
          { address: 'reader@gmail.example' },
        ),
      ],
    }),
    to: 'reader@gmail.example',
    kind: 'hard',
    code: '5.1.1',
  },
  {
    label: 'Gmail: over quota',
    given: dsn({ recipients: [recipient('5.2.2', '552-5.2.2 The inbox is out of storage space')] }),
    kind: 'soft',
    code: '5.2.2',
  },
  {
    label: 'Gmail: unauthenticated',
    given: dsn({ recipients: [recipient('5.7.26', '550-5.7.26 This mail is unauthenticated')] }),
    kind: 'ours',
    code: '5.7.26',
  },
  {
    label: 'Gmail: switched off',
    given: dsn({ recipients: [recipient('5.2.1', '550 5.2.1 The account is disabled')] }),
    kind: 'hard',
    code: '5.2.1',
  },
  {
    label: 'docomo: no such address (since 2025-03 for nothing else)',
    given: dsn({
      recipients: [
        recipient('5.1.1', '550 5.1.1 <a..b.@docomo.ne.jp>: User unknown', {
          address: '"a..b."@docomo.ne.jp',
        }),
      ],
    }),
    to: 'a..b.@docomo.ne.jp',
    kind: 'hard',
    code: '5.1.1',
  },
  {
    label: 'docomo: words alone',
    given: dsn({
      recipients: [
        recipient('5.0.0', '550 Unknown user reader@docomo.ne.jp', {
          address: 'reader@docomo.ne.jp',
        }),
      ],
    }),
    to: 'reader@docomo.ne.jp',
    kind: 'hard',
    code: '5.0.0',
  },
  {
    label: 'au: the relay is vague, the quoted answer is not',
    given: dsn({
      recipients: [
        recipient('5.0.0', '550 5.1.1 <reader@ezweb.ne.jp>... User unknown', {
          address: 'reader@ezweb.ne.jp',
        }),
      ],
    }),
    to: 'reader@ezweb.ne.jp',
    kind: 'hard',
    code: '5.1.1',
  },
  {
    label: 'SoftBank: unknown alias, in words',
    given: dsn({
      recipients: [
        recipient('5.0.0', '550 Invalid recipient: <reader@softbank.ne.jp>', {
          address: 'reader@softbank.ne.jp',
        }),
      ],
    }),
    to: 'reader@softbank.ne.jp',
    kind: 'hard',
    code: '5.0.0',
  },
  {
    label: 'a full mailbox that was tried for days',
    given: dsn({ recipients: [recipient('4.2.2', '452 4.2.2 Mailbox full')] }),
    kind: 'soft',
    code: '4.2.2',
  },
  {
    label: 'a blocklist, without a code of its own',
    given: dsn({ recipients: [recipient('5.0.0', '554 Service unavailable; blocked using bl')] }),
    kind: 'ours',
    code: '5.0.0',
  },
  {
    label: 'our own sender is wrong',
    given: dsn({ recipients: [recipient('5.1.8', '550 5.1.8 Sender address rejected')] }),
    kind: 'ours',
    code: '5.1.8',
  },
  {
    label: 'delivered after all',
    given: dsn({ recipients: [recipient('2.0.0', '250 ok', { action: 'delivered' })] }),
    kind: 'ignored',
    code: 'delivered',
  },
  {
    label: 'qmail: a letter of the server, in words',
    given: letter({
      from: 'MAILER-DAEMON@mx.family.example',
      subject: 'failure notice',
      text: 'Hi. This is the qmail-send program.\n<reader@family.example>:\n550 5.1.1 unknown user',
    }),
    kind: 'hard',
    code: '5.1.1',
  },
  {
    label: 'a letter of a server that names somebody else',
    given: letter({
      from: 'MAILER-DAEMON@mx.family.example',
      text: '<other@family.example>:\n550 5.1.1 unknown user',
    }),
    kind: 'soft',
    code: '5.1.1',
  },
  {
    label: 'one who has it passed on to an address that is none',
    given: dsn({
      recipients: [recipient('5.1.1', '550 5.1.1 unknown', { address: 'elsewhere@x.example' })],
    }),
    kind: 'soft',
    code: '5.1.1',
  },
  {
    label: 'passed on, and the first address named as the original one',
    given: dsn({
      recipients: [
        recipient('5.1.1', '550 5.1.1 unknown', {
          address: 'elsewhere@x.example',
          original: 'reader@family.example',
        }),
      ],
    }),
    kind: 'hard',
    code: '5.1.1',
  },
  {
    label: 'several recipients: the one the mail went to counts',
    given: dsn({
      recipients: [
        recipient('5.1.1', '', { address: 'other@x.example' }),
        recipient('4.2.2', '', { address: 'READER@family.example' }),
      ],
    }),
    kind: 'soft',
    code: '4.2.2',
  },
  {
    label: 'several recipients, none of them the one: the mildest counts',
    given: dsn({
      recipients: [
        recipient('5.1.1', '', { address: 'a@x.example' }),
        recipient('2.1.5', '', { address: 'b@x.example', action: 'relayed' }),
      ],
    }),
    kind: 'ignored',
    code: 'relayed',
  },
  { label: 'a complaint', given: arf('abuse'), kind: 'complaint', code: 'abuse' },
  {
    label: 'a complaint taken back',
    given: arf('not-spam'),
    kind: 'ignored',
    code: 'feedback-not-spam',
  },
  {
    label: 'a holiday',
    given: letter({
      from: 'reader@family.example',
      headers: 'Auto-Submitted: auto-replied (vacation)\n',
      text: '550 5.1.1 休みです',
    }),
    kind: 'ignored',
    code: 'automatic',
  },
  {
    label: 'a letter of a person',
    given: letter({ from: 'reader@family.example', text: 'ありがとうございます' }),
    kind: 'ignored',
    code: 'letter',
  },
]

describe('a mail that came back', () => {
  test.each(ROWS)('$label', async ({ given, kind, code, to }) => {
    expect(await read(given, to)).toMatchObject({ kind, code })
  })

  test('names the address, the town and the day by our own envelope sender alone', async () => {
    const index = indexOf('reader@family.example').slice(0, 32)
    const reference = { index, town: '131016', sentOn: '2026-12-01' }
    const given = dsn({ recipients: [recipient('5.1.1', '')], ...NOTHING_SAID })
    expect(await read(given)).toMatchObject({ reference, domain: 'family.example' })
    expect(await read(arf('abuse'))).toMatchObject({ reference })
  })

  test('is found by the envelope’s recipient, or in a part that is sent encoded', async () => {
    const bare = dsn({ recipients: [recipient('5.1.1', '')], ...NOTHING_SAID }).replace(
      `To: ${RETURN}`,
      'To: postmaster@mail.example',
    )
    const raw = Buffer.from(bare)
    expect(await readReport({ raw }, { paths, indexOf })).toMatchObject({ kind: 'unmatched' })
    const to = pathOf('reader@family.example')
    expect(await readReport({ raw, to }, { paths, indexOf })).toMatchObject({ kind: 'hard' })
    const encoded = bare.replace(
      'Content-Type: text/rfc822-headers\r\n\r\nSubject: x',
      `Content-Type: text/rfc822-headers\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(`X-Kizuna-Return: ${to}\r\n`).toString('base64')}`,
    )
    expect(await readReport({ raw: Buffer.from(encoded) }, { paths, indexOf })).toMatchObject({
      kind: 'hard',
    })
  })

  test('is nobody’s when its MAC is wrong, or it names two readers', async () => {
    const given = dsn({ recipients: [recipient('5.1.1', '')], ...NOTHING_SAID })
    const mine = pathOf('reader@family.example')
    const flipped = mine.replace(/.@/, (last) => (last === 'a@' ? 'b@' : 'a@'))
    const forged = given.replace(RETURN, flipped)
    expect(await read(forged)).toEqual({ kind: 'unmatched', code: 'nobody' })
    const two = given.replace('Subject: x', `X-Kizuna-Return: ${pathOf('other@family.example')}`)
    expect(await read(two)).toEqual({ kind: 'unmatched', code: 'several' })
  })

  test('is nothing when it is not a mail', async () => {
    for (const raw of ['', '\0\xff', 'Content-Type: multipart/report; boundary=x\r\n\r\n--x']) {
      const told = await readReport({ raw: Buffer.from(raw, 'latin1') }, { paths, indexOf })
      expect(told.kind).toBe('ignored')
    }
  })
})
