import type { AddOnBlock, AddOnContent, ManuscriptContent } from '../../../src/release/content'
import type { ContactFooter } from '../../../src/release/contact'
import { compose, type Composition } from '../../../src/release/compose'

/** A manuscript that breaks no rule, with what a test changes. */
export function manuscript(change: Partial<ManuscriptContent> = {}): ManuscriptContent {
  return {
    type: 'manuscript',
    series: 'pregnancy',
    slot: '24w3d',
    edition: 'standard',
    kind: 'stage',
    body: '【見本】おなかの{{赤ちゃん}}に、音が聞こえるころです。',
    subject: '妊娠24週3日のお便り',
    ageBasis: 'calendar',
    monthRule: 'friendly',
    ...change,
  }
}

/** An add-on that breaks no rule, with what a test changes. */
export function addOn(change: Partial<AddOnContent> = {}): AddOnContent {
  return {
    type: 'addOn',
    municipality: '131016',
    title: '町からのお知らせ',
    from: '20w0d',
    to: '30w0d',
    isEndIncluded: true,
    timing: 'every',
    validFrom: null,
    validTo: null,
    areas: [],
    editions: [],
    monthRule: 'friendly',
    order: 1,
    blocks: [{ blockType: 'text', text: '両親学級を開きます。' }],
    ...change,
  }
}

export const BOOK: AddOnBlock = {
  blockType: 'book',
  title: 'どうぶつのあさ',
  author: '見本はなこ',
  publisher: 'みほん出版',
  description: '動物たちが「おはよう」を言う絵本です。',
  imageUrl: 'https://example.jp/cover.png',
  url: 'https://example.jp/books/1',
}

export const GROUP: AddOnBlock = {
  blockType: 'group',
  name: 'みなと子育てひろば',
  description: '0歳から3歳までの集まりです。',
  place: '中央公民館',
  schedule: '毎週水曜 10:00〜11:30',
  contact: '000-000-0001',
  url: null,
}

export const LINK: AddOnBlock = {
  blockType: 'link',
  label: '申し込みのページ',
  url: 'https://example.jp/class?a=1&b=2',
}

export const CONTACT: ContactFooter = {
  department: 'こども健康課',
  phone: '000-000-0000',
  hours: '平日 8:30〜17:15',
  url: 'https://example.jp/kosodate',
}

/** A composition of manuscripts and add-ons for the invented みなと町. */
export function composed(
  manuscripts: ManuscriptContent[],
  addOns: AddOnContent[] = [],
  change: {
    isPlural?: boolean
    welcome?: string
    variables?: Record<string, string>
    contact?: ContactFooter
  } = {},
): Composition {
  const { isPlural = false, variables = {}, contact = CONTACT, ...welcome } = change
  return compose({
    manuscripts,
    addOns: addOns.map((content) => ({ content, variables })),
    isPlural,
    senderName: 'みなと町 子育て便り',
    contact,
    ...welcome,
  })
}
