import type { PlainRule } from './lint'

/** The checks in Japanese. */
export const PLAIN_RULE_LABELS: Readonly<Record<PlainRule, string>> = {
  'long-sentence': '長い文',
  'many-characters': '長い文',
  'many-commas': '「、」が多い文',
  'unread-kanji': '読みがない漢字',
  'difficult-word': '難しい言葉',
  'polite-word': '敬語',
  passive: '受け身などの形',
  'double-negative': '二重の打ち消し',
}
