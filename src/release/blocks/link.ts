import { bubble, button, small, type LineCard } from '../lineParts'
import { htmlLink } from '../mailParagraph'
import { linesOf } from '../mailParts'
import { MAX_NAME, type BlockType } from './blockType'
import { NAME_COLUMN, URL_COLUMN } from './sharedColumns'

/** The way to a page. */
export type LinkBlock = {
  blockType: 'link'
  label: string
  url: string
}

/** Most links on one card; more go on another. */
export const LINKS_PER_CARD = 5

/** A link to a page of the municipality. */
export const LINK: BlockType<LinkBlock> = {
  blockType: 'link',
  label: 'リンク',
  nameInProblems: 'リンク',
  nameInCells: 'リンク',
  isProposable: false,
  fields: {
    label: {
      kind: 'line',
      label: '表示する文字',
      nameInProblems: 'リンクの名前',
      max: MAX_NAME,
      isRequired: true,
      column: NAME_COLUMN,
      help: '例: 予防接種の予約ページを開く',
    },
    url: {
      kind: 'address',
      label: 'アドレス',
      nameInProblems: 'リンク先',
      isRequired: true,
      column: URL_COLUMN,
      help: 'https:// で始めます。',
    },
  },
  completed: (block) => (block.label === '' ? { ...block, label: block.url } : block),
  line: { as: 'sharedCard', perCard: LINKS_PER_CARD, card },
  mailHtml: ({ label, url }) => `<p style="margin:0 0 16px 0">・${htmlLink(url, label)}</p>`,
  mailText: ({ label, url }) => linesOf([`・${label}`, url]),
  example: {
    kept: () => null,
    note: '元の自治体のリンクは外しました。要るときは、自分の自治体のものを加えてください。',
    words: ({ label }) => label,
  },
}

function card(links: readonly LinkBlock[], heading: string, colour: string): LineCard {
  const buttons = links.map(({ label, url }) => button(label, url, colour))
  const name = [heading, ...links.map(({ label }) => label)].filter(Boolean).join(' / ')
  return { name, bubble: bubble([small(heading || 'リンク', colour), ...buttons]) }
}
