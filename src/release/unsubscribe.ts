/**
 * Stands for the reader's own unsubscribe address in a rendered mail. ASCII, and never part of a
 * text of ours: composing refuses braces it does not know.
 */
export const UNSUBSCRIBE_URL_TOKEN = '{{unsubscribeUrl}}'
