import fc from 'fast-check'

/** Signs of several units, halves of signs, and what stands around them in a text. */
const SIGNS = [
  ...['👶🏻', '👩🏽', '👍🏿', '👩🏽‍🍼', '👨‍👩‍👧‍👦', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴‍☠️', '❤️‍🔥'],
  ...['🇯🇵', '🇫🇷', '🇯', '1️⃣', '#️⃣', '☂️', '☂︎', '♨', '✋🏽', '⁉️', '。️'],
  ...['葛󠄀', '辻󠄁', '﨑', '𠮷', '𩸽󠄀', 'が', 'か\u3099', 'は\u309a', 'か゛', 'ｶﾞ', 'ﾊﾟ', 'ｱ'],
  ...['e\u0301\u0323', '\u0301', '\u3099', '\u200d', '\ufe0f', '\u{e0101}', '\u{1f3fd}'],
  ...['\ud83d', '\udc76', '\u200b', '\ufeff', '\u00ad', '\u2060', '각', 'นี้', 'क्षि'],
  ...['健診', '妊婦', '病院', '食べる', '医者(いしゃ)', '手帳（てちょう）', '学校(か\u3099っこう)'],
  ...['歯(ﾊ)', 'の', 'は', 'です', '。', '、', '!', '?', '(', ')', '\n', '\r\n', ' ', '\u3000'],
  ...['{{赤ちゃん}}', '{{電話}}', '{{', '}}', '召し上がる', '言われました', 'a', '1'],
]

/** A text of such signs, in any order. */
export function oddText(max = 40): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...SIGNS), { maxLength: max }).map((signs) => signs.join(''))
}

/** The places between the signs of a text, as a person sees them; its beginning and end too. */
export function boundariesOf(text: string): Set<number> {
  const signs = new Intl.Segmenter('ja', { granularity: 'grapheme' }).segment(text)
  return new Set([...Array.from(signs, ({ index }) => index), text.length])
}
