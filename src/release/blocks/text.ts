import { LINE_MAX_TEXT } from '../lineMessageLimits'
import { htmlParagraphs } from '../mailParagraph'
import type { BlockType } from './blockType'
import { TEXT_COLUMN } from './sharedColumns'

/** Words in the municipality's own voice. */
export type TextBlock = {
  blockType: 'text'
  text: string
}

/** Plain words. */
export const TEXT: BlockType<TextBlock> = {
  blockType: 'text',
  label: '文章',
  nameInProblems: '文章',
  nameInCells: '文章',
  isProposable: false,
  fields: {
    text: {
      kind: 'lines',
      label: '文章',
      nameInProblems: '文章',
      max: LINE_MAX_TEXT,
      limitOf: 'LINE',
      isRequired: true,
      column: TEXT_COLUMN,
      rows: 8,
      help: '{{電話}} のような差し込み語を使えます(自治体の設定の「問い合わせ先」)。',
    },
  },
  completed: (block) => (block.text === '' ? null : block),
  line: { as: 'words', words: ({ text }) => text },
  mailHtml: ({ text }) => htmlParagraphs(text),
  mailText: ({ text }) => text,
  example: { note: null, words: ({ text }) => text },
}
