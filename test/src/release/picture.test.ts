// The picture of a text on each channel: whole in LINE, inside the mail, and never where words come alone.
import { describe, expect, test } from '@jest/globals'

import { compose, type ComposeInput } from '../../../src/release/compose'
import { fitIntoLine } from '../../../src/release/line'
import { renderMail } from '../../../src/release/mail'
import { checkAddOn, checkManuscript } from '../../../src/release/limits'
import { sentWords } from '../../../src/release/sentWords'
import { buildMailTemplate } from '../../../worker/channel/mailTemplate'
import { checkMessages } from '../../../worker/sandbox/lineCheck'
import { parseAddress } from '../../../src/release/mailAddress'
import { simpleParser } from 'mailparser'
import { samplePicture } from '../../samplePicture'
import { addOn, CONTACT, manuscript } from './sampleContent'

const bytes = Buffer.from('見本の絵')
const { picture, name } = samplePicture(bytes)
const places = {
  contactUrl: 'https://web.example/c',
  changeUrl: null,
  pictures: 'https://web.example/p/',
}

const input = (change: Partial<ComposeInput> = {}): ComposeInput => ({
  manuscripts: [manuscript({ picture })],
  addOns: [],
  isPlural: false,
  name: '見本市',
  senderName: '見本市 子育て便り',
  contact: CONTACT,
  ...change,
})
const lineOf = (change: Partial<ComposeInput> = {}) =>
  fitIntoLine(compose(input(change)), { places }).messages
const mailOf = (change: Partial<ComposeInput> = {}) => renderMail(compose(input(change)))

describe('LINE', () => {
  test('shows it above the text, as it is, with its words under it and in the notification', () => {
    const [first, second] = lineOf()
    expect(first).toMatchObject({
      type: 'flex',
      altText: picture.alt,
      contents: {
        hero: { url: `https://web.example/p/${name}`, aspectRatio: '120:80', size: 'full' },
        body: { contents: [{ text: picture.alt }] },
      },
    })
    expect(second?.type).toBe('text')
    expect(checkMessages(lineOf())).toEqual([])
  })

  test('an add-on’s stands before its cards', () => {
    const addOns = [{ content: addOn({ picture }), variables: {} }]
    const messages = lineOf({ manuscripts: [manuscript()], addOns })
    expect(JSON.stringify(messages)).toContain(`/p/${name}`)
    expect(checkMessages(messages)).toEqual([])
  })

  test('leaves it out before it leaves out a word', () => {
    const body = 'あ'.repeat(4990)
    const manuscripts = Array.from({ length: 4 }, () => manuscript({ body, picture }))
    const texts = manuscripts.slice(0, 3)
    const { messages } = fitIntoLine(compose(input({ manuscripts: texts })), { places })
    expect(messages.filter(({ type }) => type === 'text')).toHaveLength(4)
    expect(JSON.stringify(messages)).not.toContain(name)
  })

  test.each([
    ['no https', { url: 'http://web.example/p.png' }],
    ['a program’s address', { url: 'cid:p.png' }],
    ['too long an address', { url: `https://web.example/${'p'.repeat(2000)}` }],
    ['too high', { aspectRatio: '10:31' }],
    ['no proportion', { aspectRatio: '0:10' }],
    ['an unknown mode', { aspectMode: 'stretch' }],
  ])('the practice LINE refuses a picture with %s', (_label, change) => {
    const [shown] = lineOf()
    if (shown?.type !== 'flex' || !('hero' in shown.contents)) throw new Error('no picture')
    const { hero } = shown.contents
    const contents = { ...shown.contents, hero: { ...hero, ...change } }
    expect(checkMessages([{ ...shown, contents }])).not.toEqual([])
  })
})

describe('a mail', () => {
  test('carries it and reads nothing from anywhere', async () => {
    const { pictures: named, ...mail } = mailOf()
    expect(named).toEqual([{ name, alt: picture.alt }])
    expect(mail.html).toContain(`<img src="cid:${name}" alt="${picture.alt}"`)
    expect(mail.html).not.toMatch(/<img[^>]+src="http/)
    const to = parseAddress('hana@family.example')
    if (!to) throw new Error('no address')
    const raw = buildMailTemplate({
      hash: 'h',
      ...mail,
      pictures: [{ name, type: 'png', bytes }],
      from: { name: '見本市', address: 'kosodate@town.example' },
    }).fill({ to, messageId: 'm@town.example', date: new Date(0) })
    const read = await simpleParser(raw)
    expect(read.attachments).toMatchObject([
      { cid: name, contentType: 'image/png', contentDisposition: 'inline', related: true },
    ])
    expect(read.attachments[0]?.content).toEqual(bytes)
    expect(String(read.html)).toContain(`src="data:image/png;base64,${bytes.toString('base64')}"`)
  })

  test('without a picture it is the mail it always was', () => {
    const plain = mailOf({ manuscripts: [manuscript()] })
    expect(Object.keys(plain)).toEqual(['subject', 'text', 'html'])
    expect(plain.html).not.toContain('<img')
  })
})

test.each<[string, Partial<ComposeInput>]>([
  ['who shows nothing in notifications', { isDiscreet: true }],
  ['who reads plain Japanese', { edition: 'easy' }],
  ['the neutral question', { manuscripts: [manuscript({ picture, kind: 'question' })] }],
  ['who asked for support', { manuscripts: [manuscript({ picture, slot: 'support4' })] }],
])('%s gets words alone, whatever was approved', (_label, change) => {
  const addOns = change.manuscripts ? [] : [{ content: addOn({ picture }), variables: {} }]
  expect(JSON.stringify(lineOf({ addOns, ...change }))).not.toContain(name)
  expect(JSON.stringify(mailOf({ addOns, ...change }))).not.toContain(name)
})

test('the check says so, and asks for words', () => {
  const codes = (problems: readonly { code: string }[]) => problems.map(({ code }) => code)
  expect(codes(checkManuscript(manuscript({ picture })))).toEqual([])
  expect(codes(checkManuscript(manuscript({ picture, edition: 'easy' })))).toEqual([
    'PICTURE_MISPLACED',
  ])
  const mute = { ...picture, alt: '' }
  expect(codes(checkManuscript(manuscript({ picture: mute })))).toEqual(['EMPTY'])
  expect(codes(checkAddOn(addOn({ picture: { ...picture, height: 361 } })))).toContain(
    'BAD_PICTURE',
  )
})

test('what was sent is shown again with it, on both channels', () => {
  const pictures = [{ name, alt: picture.alt }]
  const line = sentWords({ channel: 'line', messages: lineOf() })
  expect(line).toMatchObject({ pictures, cards: [] })
  expect(sentWords({ channel: 'mail', mail: mailOf() })).toMatchObject({ pictures })
})
