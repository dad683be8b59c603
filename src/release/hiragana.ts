/** How far a katakana stands behind its hiragana in Unicode. */
const BEHIND = 0x60

/** The text with its katakana as hiragana; the long mark and all other signs stay. *Pure.* */
export function asHiragana(text: string): string {
  return text.replace(/[ァ-ヶ]/gu, (kana) => String.fromCharCode(kana.charCodeAt(0) - BEHIND))
}
