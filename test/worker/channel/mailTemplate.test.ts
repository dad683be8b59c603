import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { simpleParser } from 'mailparser'

import type { MailPayload } from '../../../worker/channel/channel'
import { parseAddress } from '../../../src/release/mailAddress'
import { buildMailTemplate, MailTemplateError } from '../../../worker/channel/mailTemplate'

const TOKEN = '{{unsubscribeUrl}}'
const PAGE = '{{myPageUrl}}'
const to = parseAddress('aoi@mail.example')!
const date = new Date('2026-11-23T07:00:00+09:00')
const own = {
  to,
  messageId: 'd1@minato.example',
  date,
  links: {
    unsubscribeUrl: 'https://minato.example/u/1?a=1&b=2',
    myPageUrl: 'https://minato.example/me/1?a=1&b=2',
  },
}

function payload(change: Partial<MailPayload> = {}): MailPayload {
  return {
    hash: 'h',
    subject: '妊娠24週3日のお便り',
    text: `おはようございます\n変更: ${PAGE}\n停止: ${TOKEN}\nみなと町`,
    html: `<p>おはようございます</p><a href="${PAGE}">変更</a><a href="${TOKEN}">停止</a>`,
    from: { name: 'みなと町 子育て便り', address: 'tayori@minato.example' },
    ...change,
  }
}

const parse = (raw: string) =>
  simpleParser(Buffer.from(raw, 'latin1'), { skipTextToHtml: true, skipHtmlToText: true })

test('a filled template reads back as it was written', async () => {
  const template = buildMailTemplate(payload({ listId: '131016.kizuna' }))
  const raw = template.fill(own)
  const mail = await parse(raw)
  const header = (key: string) => mail.headerLines.find((line) => line.key === key)?.line
  expect(mail.subject).toBe('妊娠24週3日のお便り')
  expect(mail.from?.value[0]).toMatchObject({
    name: 'みなと町 子育て便り',
    address: 'tayori@minato.example',
  })
  expect(mail.text).toBe(
    'おはようございます\n変更: https://minato.example/me/1?a=1&b=2\n停止: https://minato.example/u/1?a=1&b=2\nみなと町',
  )
  expect(mail.html).toBe(
    '<p>おはようございます</p><a href="https://minato.example/me/1?a=1&amp;b=2">変更</a><a href="https://minato.example/u/1?a=1&amp;b=2">停止</a>',
  )
  expect(mail.date).toEqual(date)
  expect(header('message-id')).toBe('Message-ID: <d1@minato.example>')
  expect(header('list-unsubscribe')).toBe('List-Unsubscribe: <https://minato.example/u/1?a=1&b=2>')
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
  expect(header('auto-submitted')).toBe('Auto-Submitted: auto-generated')
  expect(header('list-id')).toBe('List-Id: <131016.kizuna>')
  expect(raw).toMatch(/^[\x20-\x7e\r\n]*$/)
  expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(120)
})

test('the text of each recipient carries only their own links', async () => {
  const template = buildMailTemplate(payload())
  const first = await parse(template.fill(own))
  const second = await parse(
    template.fill({
      ...own,
      links: {
        unsubscribeUrl: 'https://minato.example/u/$&2',
        myPageUrl: `https://minato.example/me/2${TOKEN}`,
      },
    }),
  )
  expect(first.text).toContain('/u/1')
  expect(first.text).toContain('/me/1')
  expect(second.text).toContain('/u/$&2')
  expect(second.text).not.toContain('/u/1')
  expect(second.text).not.toContain('/me/1')
  expect(second.text).toContain(`/me/2${TOKEN}`) // an address is never looked at
})

test('line breaks in what is shown never become headers', async () => {
  const evil = payload({
    subject: 'お便り\r\nBcc: evil@mail.example',
    from: { name: 'みなと"\r\nX-Evil: 1', address: 'tayori@minato.example' },
    listId: 'a\r\nX-Evil: 1',
  })
  const mail = await parse(buildMailTemplate(evil).fill(own))
  expect(mail.bcc).toBeUndefined()
  expect(mail.headers.has('x-evil')).toBe(false)
})

test('a sender that is no address is refused', () => {
  const evil = payload({ from: { name: '', address: 'a@b.example\r\nX: y' } })
  expect(() => buildMailTemplate(evil)).toThrow(MailTemplateError)
})

test('any subject, name and text survive the way', async () => {
  const words = fc.string({ unit: fc.constantFrom(...'あ漢😀aé𠮷 =?_.,"\\<>&'), maxLength: 120 })
  await fc.assert(
    fc.asyncProperty(words, words, words, async (subject, name, text) => {
      const given = payload({
        subject: `s${subject}e`,
        text: `${text}${TOKEN}${text}${PAGE}。`,
        from: { name: `n${name}e`, address: 'a@b.example' },
      })
      const mail = await parse(buildMailTemplate(given).fill(own))
      expect(mail.subject).toBe(`s${subject}e`.normalize('NFC'))
      expect(mail.from?.value[0]?.name).toBe(`n${name}e`.normalize('NFC'))
      const { unsubscribeUrl, myPageUrl } = own.links
      expect(mail.text?.trim()).toBe(`${text}${unsubscribeUrl}${text}${myPageUrl}。`.trim())
    }),
    { numRuns: 200 },
  )
})
