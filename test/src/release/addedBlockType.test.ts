// What it takes to add a type of block: one object. It is registered here alone, and everything that
// works with blocks knows it.
import { describe, expect, test } from '@jest/globals'

import { blockForms } from '../../../src/addOn/blocks'
import { addOnColumns, columnTable } from '../../../src/import/columns'
import { planAddOns } from '../../../src/import/addOns'
import { addOnRows } from '../../../src/import/exportCells'
import { exampleOf } from '../../../src/library/example'
import { MAX_DESCRIPTION, MAX_NAME, type BlockType } from '../../../src/release/blocks/blockType'
import { BLOCK_TYPES, type BlockTypes } from '../../../src/release/blocks/blockTypes'
import { compose } from '../../../src/release/compose'
import type { AddOnContent } from '../../../src/release/content'
import { contentHash } from '../../../src/release/hash'
import { checkAddOn } from '../../../src/release/limits'
import { renderLine } from '../../../src/release/line'
import { bubble, plain, strong } from '../../../src/release/lineParts'
import { renderMail } from '../../../src/release/mail'
import { linesOf, mailCard, mailCell, mailDetail, mailName } from '../../../src/release/mailParts'
import { changesBetween } from '../../../src/review/rules/changes'
import { freezeAddOn } from '../../../src/review/rules/freeze'
import { importContext, municipalities } from '../sample/sampleFiles'
import { addOn, CONTACT } from './sampleContent'

type RecipeBlock = {
  blockType: 'recipe'
  dish: string
  steps: string
  pageUrl: string | null
}

const RECIPE: BlockType<RecipeBlock> = {
  blockType: 'recipe',
  label: '離乳食の作り方',
  nameInProblems: '作り方',
  nameInCells: '作り方',
  isProposable: false,
  fields: {
    dish: {
      kind: 'line',
      label: '料理の名前',
      nameInProblems: '料理の名前',
      max: MAX_NAME,
      isRequired: true,
      column: { name: 'name', aliases: ['名前'], description: '料理の名前', example: 'おかゆ' },
    },
    steps: {
      kind: 'lines',
      label: '手順',
      nameInProblems: '料理の手順',
      max: MAX_DESCRIPTION,
      column: { aliases: ['手順'], description: '料理の手順', example: '米を洗う' },
      rows: 6,
    },
    pageUrl: {
      kind: 'address',
      label: '詳しいページ',
      nameInProblems: '料理のリンク先',
      column: { aliases: ['料理のページ'], description: '料理のページ', example: '' },
    },
  },
  line: {
    as: 'card',
    card: ({ dish, steps }) => ({
      name: dish,
      bubble: bubble([strong(dish), plain(steps)].filter((part) => part !== null)),
    }),
  },
  mailHtml: ({ dish, steps }) => mailCard([mailCell([mailName(dish), mailDetail(steps)])]),
  mailText: ({ dish, steps, pageUrl }) => linesOf([`<${dish}>`, steps, pageUrl]),
  example: { note: '料理のページは外しました。', words: ({ dish }) => dish },
}

const TYPES: BlockTypes = [...BLOCK_TYPES, RECIPE]

const recipe: RecipeBlock = {
  blockType: 'recipe',
  dish: 'おかゆ',
  steps: '米を洗います。\nわからないことは {{電話}} まで。',
  pageUrl: 'https://example.jp/okayu',
}

function withRecipe(change: Partial<RecipeBlock> = {}): AddOnContent {
  return addOn({ blocks: [{ ...recipe, ...change }] })
}

describe('a type of block that is registered', () => {
  test('is checked by the rules of its fields', () => {
    const problems = checkAddOn(withRecipe({ dish: '', pageUrl: 'http://example.jp' }), {
      types: TYPES,
    })
    expect(problems).toEqual([
      expect.objectContaining({ field: 'blocks.0.dish', code: 'EMPTY' }),
      expect.objectContaining({ field: 'blocks.0.pageUrl', code: 'INSECURE_LINK' }),
    ])
    expect(problems[0]?.message).toContain('1 番目の料理の名前が空です。')
    expect(checkAddOn(withRecipe(), { types: TYPES })).toEqual([])
  })

  test('counts among the cards and is offered to who has none', () => {
    const full = addOn({ blocks: Array.from({ length: 13 }, () => recipe) })
    const [tooMany] = checkAddOn(full, { types: TYPES })
    expect(tooMany).toMatchObject({ code: 'TOO_MANY_CARDS' })
    expect(tooMany?.message).toContain(
      '絵本とグループとアンケートと作り方とリンクで、カードが 13 枚',
    )
    const [empty] = checkAddOn(addOn({ blocks: [] }), { types: TYPES })
    expect(empty?.message).toContain('文章、リンク、絵本、グループ、アンケート、作り方のどれか')
  })

  test('is frozen without what the store adds, and left out where it is not known', () => {
    const stored = { blocks: [{ id: 'row1', blockName: '', ...recipe, pageUrl: undefined }] }
    expect(freezeAddOn(stored, '131016', TYPES).blocks).toEqual([{ ...recipe, pageUrl: null }])
    expect(freezeAddOn(stored, '131016').blocks).toEqual([])
  })

  test.each([{ dish: 'うどん' }, { steps: '' }, { pageUrl: null }])(
    'has another hash when %j changes',
    (change) => {
      const hash = contentHash(withRecipe(), TYPES)
      expect(contentHash(withRecipe(), TYPES)).toBe(hash)
      expect(contentHash(withRecipe(change), TYPES)).not.toBe(hash)
      expect(contentHash(withRecipe())).not.toBe(hash)
    },
  )

  test('arrives in LINE and by mail with its variables filled', () => {
    const input = {
      manuscripts: [],
      addOns: [{ content: withRecipe(), variables: {} }],
      isPlural: false,
      senderName: 'みなと町',
      contact: CONTACT,
    }
    const composition = compose(input, TYPES)
    const steps = `米を洗います。\nわからないことは ${CONTACT.phone} まで。`
    expect(composition.addOns[0]?.blocks).toEqual([{ ...recipe, steps }])
    const [, card] = renderLine(composition, { types: TYPES })
    expect(card).toMatchObject({ type: 'flex', altText: 'おかゆ' })
    expect(JSON.stringify(card)).toContain(JSON.stringify(steps))
    const mail = renderMail(composition, TYPES)
    expect(mail.text).toContain(`<おかゆ>\n${steps}\nhttps://example.jp/okayu`)
    expect(mail.html).toContain('おかゆ')
  })

  test('is compared field by field', () => {
    const names = { edition: String, series: String, blockIds: ['row1'], types: TYPES }
    const changes = changesBetween(withRecipe(), withRecipe({ dish: 'うどん' }), names)
    expect(changes).toMatchObject([
      { path: 'blocks.row1.dish', label: '離乳食の作り方 料理の名前', kind: 'changed' },
    ])
  })

  test('is written to a file and read back from it', () => {
    const choices = { ...importContext, codeOf: (id: string) => id, types: TYPES }
    const document = { ...withRecipe(), municipality: municipalities[0]?.code }
    const columns = addOnColumns(TYPES).map(({ name }) => name)
    const [row = {}] = addOnRows(document, choices, '1')
    expect(row).toMatchObject({ block: '作り方', name: 'おかゆ', steps: recipe.steps })
    const csv = [columns, columns.map((name) => row[name] ?? '')].map(csvLine).join('\n')
    const plan = planAddOns(csv, choices)
    expect(plan.problems).toEqual([])
    expect(plan.items[0]?.data.blocks).toEqual([recipe])
    expect(columnTable(addOnColumns(TYPES))).toContain('recipe(作り方)')
  })

  test('has its form in the admin', () => {
    expect(blockForms(TYPES).at(-1)).toMatchObject({
      slug: 'recipe',
      labels: { singular: '離乳食の作り方' },
      fields: [
        { name: 'dish', type: 'text', required: true },
        { name: 'steps', type: 'textarea', admin: { rows: 6 } },
        { name: 'pageUrl', type: 'text', required: false },
      ],
    })
  })

  test('can be copied by another municipality', () => {
    const example = exampleOf(withRecipe({ steps: '03-1234-5678' }), { types: TYPES })
    expect(example.blocks).toEqual([{ ...recipe, steps: '{{電話}}', pageUrl: null }])
    expect(example.changes).toEqual(['料理のページは外しました。'])
  })
})

function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')
}
