import { COLOUR } from './colour'
import type { FlexAction, FlexBox, FlexText, LineFlexMessage } from './lineMessage'
import { plainButton } from './lineParts'
import { ownWords } from './ownWords'
import { INLINE } from './picture'

/** Where the quiet row of a municipality's texts leads. */
export interface QuietPlaces {
  /** Page that says whom to ask. */
  contactUrl: string
  /**
   * Page that leads on to the reader's own; null where our answer in the talk brings the reader's
   * own links.
   */
  changeUrl: string | null
  /** What the address of the page about a text begins with; absent: texts lead to none. */
  voices?: string
  /** What the address of a picture begins with; absent: LINE gets words alone. */
  pictures?: string
}

/** What the first button of the row tells us: its reader asks for their own links. */
export const CHANGE_DATA = 'kizuna:change'

/** Places of a preview, which leads nowhere. */
export const SAMPLE_PLACES: QuietPlaces = {
  contactUrl: 'https://example.jp/',
  changeUrl: null,
  voices: 'https://example.jp/v/',
  pictures: INLINE,
}

/**
 * The last message of every LINE delivery: how to change and stop, and whom to ask, in the words of
 * its readers' edition. One text goes to many at once, so it carries nobody's own link: the first
 * button asks for it in the talk, or where another service answers there, opens a page that leads
 * on. Above the row stands the way to the page 「この文章はどうでしたか」, where the text has one. *Pure.*
 *
 * Source: https://developers.line.biz/en/reference/messaging-api/#flex-message
 */
export function quietRow(
  { changeUrl, contactUrl }: QuietPlaces,
  edition?: string,
  voiceUrl?: string,
): LineFlexMessage {
  const { row, voice } = ownWords(edition)
  const { change, contact } = row
  const first: FlexAction =
    changeUrl === null
      ? { type: 'postback', label: change, data: CHANGE_DATA, displayText: change }
      : { type: 'uri', label: change, uri: changeUrl }
  const contents = [button(first), button({ type: 'uri', label: contact, uri: contactUrl })]
  const body: FlexBox = { type: 'box', layout: 'horizontal', spacing: 'sm', contents }
  return {
    type: 'flex',
    altText: `${change} / ${contact}`,
    contents: {
      type: 'bubble',
      size: 'mega',
      ...(voiceUrl !== undefined && { header: voiceLink(voice, voiceUrl) }),
      body: { ...body, paddingAll: '8px' },
    },
  }
}

/** As high as a finger is wide, and quieter than a button. */
function voiceLink(words: string, uri: string): FlexBox {
  const text: FlexText = {
    type: 'text',
    text: words,
    size: 'sm',
    color: COLOUR['primitive-blue-900'],
    wrap: true,
    align: 'center',
  }
  const action: FlexAction = { type: 'uri', label: words, uri }
  return { type: 'box', layout: 'vertical', contents: [text], paddingAll: '14px', action }
}

function button(action: FlexAction): FlexBox {
  return { ...plainButton(action.label, action, { isFirst: false }), flex: 1 }
}
