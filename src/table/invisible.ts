/** Characters that show nothing, among them U+200B, BOM, soft hyphen and tags. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu

/** The text without characters that show nothing; for codes, addresses and names of choices. *Pure.* */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '')
}

/** A code, number, address or name of a choice: width, blanks around it and what shows nothing do not count. *Pure.* */
export function readCode(written: string): string {
  return withoutInvisible(written.normalize('NFKC')).trim()
}

/**
 * What a message shows instead of itself: controls, which can move a terminal's cursor, and what
 * shows nothing, so that a person sees what is in the way. Emoji keep their joiners and selectors.
 */
const UNSEEN = /(?!\u200C|\u200D|[\u{E0020}-\u{E007F}])[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu

/** The text as it can be shown in one line: `272990〈U+200B〉`. *Pure.* */
export function visible(text: string): string {
  return text.replace(UNSEEN, (sign) => {
    const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    return `〈U+${code}〉`
  })
}
