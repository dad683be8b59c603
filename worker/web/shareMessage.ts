const WORD = '家族の登録'

/**
 * The message that carries a family's token into LINE, where the link the family got in a browser
 * is not known, and the language they read it in where it is not the standard one. *Pure.*
 */
export function shareMessage(token: string, language: string | null = null): string {
  return [WORD, token, ...(language === null ? [] : [language])].join(' ')
}

/** The family's token of a message and the word behind it; or null. *Pure.* */
export function sharedIn(text: string): { token: string; language: string | null } | null {
  const found = new RegExp(`^${WORD}\\s+([\\w.-]{20,400})(?:\\s+(\\S{1,20}))?\\s*$`).exec(text)
  return found?.[1] ? { token: found[1], language: found[2] ?? null } : null
}

/**
 * Opens the conversation with a message that only has to be sent. *Pure.*
 *
 * Source: https://developers.line.biz/en/docs/line-login/using-line-url-scheme/
 */
export function lineMessageUrl(basicId: string, message: string): string {
  return `https://line.me/R/oaMessage/${encodeURIComponent(basicId)}/?${encodeURIComponent(message)}`
}

/**
 * Lets somebody choose in LINE whom a message goes to; they see it before it goes. *Pure.*
 *
 * Source: https://developers.line.biz/en/docs/line-login/using-line-url-scheme/#sending-text-messages
 */
export function lineShareUrl(message: string): string {
  return `https://line.me/R/share?text=${encodeURIComponent(message)}`
}

/**
 * Where a LINE account is added as a friend. *Pure.*
 *
 * Source: https://developers.line.biz/en/docs/messaging-api/sharing-bot/
 */
export function lineFriendUrl({ basicId }: { basicId: string }): string {
  return `https://line.me/R/ti/p/${encodeURIComponent(basicId)}`
}
