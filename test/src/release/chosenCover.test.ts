// The cover of a book, chosen from the library: on its card in LINE, inside the mail, in a file by its
// name; and texts from before, with an address that was typed.
import { describe, expect, test } from '@jest/globals'

import { planAddOns } from '../../../src/import/addOns'
import { addOnRows } from '../../../src/import/exportCells'
import { changedFields } from '../../../src/import/compare'
import { ADD_ON_COLUMNS } from '../../../src/import/columns'
import { namesIn } from '../../../src/import/runExport'
import { writeSheet } from '../../../src/import/writeSheet'
import { exampleOf } from '../../../src/library/example'
import { addressesOf } from '../../../src/links/addresses'
import { readImportFile } from '../../../src/table/importFile'
import { compose, type ComposeInput } from '../../../src/release/compose'
import type { AddOnContent } from '../../../src/release/content'
import { contentHash } from '../../../src/release/hash'
import { checkAddOn } from '../../../src/release/limits'
import { fitIntoLine } from '../../../src/release/line'
import { renderMail } from '../../../src/release/mail'
import { sentWords } from '../../../src/release/sentWords'
import { freezeAddOn } from '../../../src/review/rules/freeze'
import { changesBetween } from '../../../src/review/rules/changes'
import { searchedParts } from '../../../src/review/rules/searchWords'
import { picturesOfRelease } from '../../../worker/content/pictures'
import { checkMessages } from '../../../worker/sandbox/lineCheck'
import { missingInCover } from '../../../src/admin/proposal/proposalData'
import { samplePicture } from '../../samplePicture'
import { importContext, municipalities } from '../sample/sampleFiles'
import { addOn, BOOK, CONTACT } from './sampleContent'

const { name, picture } = samplePicture()
const places = {
  contactUrl: 'https://web.example/c',
  changeUrl: null,
  pictures: 'https://web.example/p/',
}
const ALT = '『どうぶつのあさ』の表紙の絵'
const chosen = { ...BOOK, imageUrl: null, picture: name, pictureAlt: ALT }
const withCover = (change: Partial<AddOnContent> = {}) => addOn({ blocks: [chosen], ...change })

const input = (content: AddOnContent, change: Partial<ComposeInput> = {}): ComposeInput => ({
  manuscripts: [],
  addOns: [{ content, variables: {} }],
  isPlural: false,
  name: '見本市',
  senderName: '見本市 子育て便り',
  contact: CONTACT,
  ...change,
})
const lineOf = (...args: Parameters<typeof input>) =>
  fitIntoLine(compose(input(...args)), { places }).messages
const mailOf = (...args: Parameters<typeof input>) => renderMail(compose(input(...args)))

describe('a chosen cover', () => {
  test('stands over its card in LINE, from the readers’ side', () => {
    const messages = lineOf(withCover())
    expect(messages.find(({ type }) => type === 'flex')).toMatchObject({
      contents: { hero: { url: `https://web.example/p/${name}`, aspectMode: 'fit' } },
    })
    expect(checkMessages(messages)).toEqual([])
    const { pictures: _, ...nowhere } = places
    const { messages: words } = fitIntoLine(compose(input(withCover())), { places: nowhere })
    expect(JSON.stringify(words)).not.toContain('hero')
  })

  test('goes with the mail, which reads nothing from anywhere', () => {
    const { html, pictures } = mailOf(withCover())
    expect(html).toContain(`<img src="cid:${name}" alt="${ALT}"`)
    expect(html).not.toMatch(/<img[^>]+src="http/)
    expect(pictures).toEqual([{ name, alt: ALT, isCover: true }])
  })

  test.each<[string, Partial<ComposeInput>]>([
    ['who shows nothing in notifications', { isDiscreet: true }],
    ['who reads plain Japanese', { edition: 'easy' }],
  ])('%s gets words alone', (_label, change) => {
    expect(JSON.stringify(lineOf(withCover(), change))).not.toContain(name)
    expect(JSON.stringify(mailOf(withCover(), change))).not.toContain(name)
  })

  test('is none where a text is quiet, whatever was approved', () => {
    const quiet = withCover({ from: 'announcement', to: 'announcement', timing: 'once' })
    const codes = checkAddOn(quiet).map(({ field, code }) => `${field} ${code}`)
    expect(codes).toContain('blocks PICTURE_MISPLACED')
    expect(JSON.stringify(lineOf(quiet))).not.toContain(name)
    expect(JSON.stringify(mailOf(quiet))).not.toContain(name)
  })

  test('is no picture of the text when it is read once more', () => {
    expect(sentWords({ channel: 'line', messages: lineOf(withCover()) })).toMatchObject({
      pictures: [],
      cards: [{ lines: expect.arrayContaining(['どうぶつのあさ']) }],
    })
    expect(sentWords({ channel: 'mail', mail: mailOf(withCover()) }).pictures).toEqual([])
  })

  test('comes with the release to the readers’ side', () => {
    const release = { action: 'publish', content: withCover({ picture }) } as never
    expect(picturesOfRelease(release)).toEqual([name, name])
    expect(picturesOfRelease({ action: 'withdraw', content: withCover() } as never)).toEqual([])
  })

  test('is asked for its words, and five are the most', () => {
    expect(checkAddOn(withCover())).toEqual([])
    expect(checkAddOn(withCover({ blocks: [{ ...chosen, pictureAlt: '' }] }))).toMatchObject([
      { field: 'blocks.0.pictureAlt', code: 'EMPTY' },
    ])
    const six = Array.from({ length: 6 }, () => chosen)
    expect(checkAddOn(withCover({ blocks: six }))).toMatchObject([
      { field: 'blocks', code: 'BAD_PICTURE', message: expect.stringContaining('6 枚') },
    ])
  })

  test('is nobody else’s to copy, no address to look at, and no word to search', () => {
    const example = exampleOf(withCover())
    expect(JSON.stringify(example.blocks)).not.toMatch(/picture/)
    expect(example.changes.join()).toContain('表紙も外れます')
    expect(addressesOf({ content: withCover(), variables: {} })).toEqual([BOOK.url])
    expect(searchedParts(withCover(), [])).not.toContain(name)
  })
})

describe('what an approval is given for', () => {
  test('the bytes and the words of a cover', () => {
    const hash = contentHash(withCover())
    const other = { ...chosen, picture: name.replace(/^./, (sign) => (sign === '0' ? '1' : '0')) }
    expect(contentHash(withCover({ blocks: [other] }))).not.toBe(hash)
    expect(contentHash(withCover({ blocks: [{ ...chosen, pictureAlt: 'ほか' }] }))).not.toBe(hash)
    const names = { edition: String, series: String, blockIds: ['r1'], blockIdsBefore: ['r1'] }
    const changes = changesBetween(addOn({ blocks: [BOOK] }), withCover(), names)
    expect(changes.map(({ path }) => path)).toEqual([
      'blocks.r1.picture',
      'blocks.r1.pictureAlt',
      'blocks.r1.imageUrl',
    ])
  })

  test('a text from before has the hash and the cover it always had', () => {
    const before = addOn({ blocks: [BOOK] })
    expect(contentHash(before)).toBe(HASH_OF_OLD)
    const stored = { ...before, blocks: [{ id: 'r1', ...BOOK, picture: null, pictureAlt: null }] }
    expect(freezeAddOn(stored, before.municipality).blocks).toEqual([BOOK])
    expect(JSON.stringify(lineOf(before))).toContain(String(BOOK.imageUrl))
    expect(mailOf(before).html).toContain(`<img src="${String(BOOK.imageUrl)}" alt="『どうぶつ`)
    expect(mailOf(before).pictures).toBeUndefined()
  })

  test('a picture that is chosen and not saved is not shown yet', () => {
    const file = { of: 'p1', hash: picture.hash, type: 'png', width: 120, height: 80 }
    const row = { ...BOOK, imageUrl: null, picture: 'p1', pictureAlt: ALT, pictureFile: file }
    const frozen = (block: object) => freezeAddOn({ blocks: [block] }, '131016').blocks
    expect(frozen(row)).toEqual([chosen])
    expect(frozen({ ...row, picture: 'p2' })).toEqual([
      expect.not.objectContaining({ picture: expect.anything() }),
    ])
  })
})

describe('a file', () => {
  const FILE = `picture-${'ab'.repeat(16)}.jpg`
  const context = { ...importContext, pictures: new Map([[FILE, '0123456789abcdef01234567']]) }
  const stored = {
    ...addOn({ municipality: municipalities[0]?.code ?? '' }),
    topics: [],
    theme: 'always',
    blocks: [
      { ...BOOK, imageUrl: null, picture: '0123456789abcdef01234567', pictureAlt: ALT },
      { ...BOOK, picture: null, pictureAlt: null },
    ],
  }
  const codes = { ...namesIn(context), codeOf: (id: string) => id }

  test.each(['csv', 'xlsx'] as const)(
    '%s names the picture, and changes nothing',
    async (format) => {
      const rows = addOnRows(stored, codes, '1')
      expect(rows.map(({ imageUrl }) => imageUrl)).toEqual([FILE, BOOK.imageUrl])
      const bytes = await writeSheet(rows, { columns: ADD_ON_COLUMNS, format, name: '見本' })
      const { items, problems } = planAddOns(await readImportFile(bytes), context)
      expect(problems).toEqual([])
      expect(changedFields({ blocks: stored.blocks }, { blocks: items[0]?.data.blocks })).toEqual(
        [],
      )
    },
  )

  test('a picture that is not there, or not to be seen, is refused by its name', async () => {
    const rows = addOnRows(stored, codes, '1')
    const bytes = await writeSheet(rows, { columns: ADD_ON_COLUMNS, format: 'csv', name: '見本' })
    const { problems } = planAddOns(await readImportFile(bytes), importContext)
    expect(problems).toMatchObject([{ column: 'imageUrl', message: expect.stringContaining(FILE) }])
  })
})

test('a contributor is asked for a cover’s source and rights, and for nothing without one', () => {
  expect(missingInCover(null)).toEqual([])
  expect(missingInCover({ alt: '', source: ' ', rights: '' })).toHaveLength(2)
  expect(missingInCover({ alt: '', source: '見本出版', rights: 'permitted' })).toEqual([])
})

/** Of the version before pictures were chosen. */
const HASH_OF_OLD = '515c2edd6288f5dd2b9a3e8b271464f73d72076a001f95345799957d3411b569'
