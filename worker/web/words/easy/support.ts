import type { Words } from '../standard'

/** What there is after a stop, read or asked for by choice alone: no stage, no child, no word of a loss. */
export const support: Words['support'] = {
  title: '手続(てつづ)きや 相談(そうだん)する ところ',
  texts: '体(からだ)と 心(こころ)の 文(ぶん)',
  about: (count) =>
    `あなたの 体(からだ)と 心(こころ)の ための 文(ぶん)です。ぜんぶで ${count}回(かい) 届(とど)きます。`,
  quietly: 'ほかの 人(ひと)には 知(し)らせません。いつでも 止(と)めることが できます。',
  choose: '体(からだ)と 心(こころ)の 文(ぶん)を もらう',
  question: '体(からだ)と 心(こころ)の 文(ぶん)を もらいます。',
  first: (day) => `はじめは ${day}に 届(とど)きます。`,
  go: 'もらう',
  coming: (day) => `体(からだ)と 心(こころ)の 文(ぶん)が 届(とど)きます。次(つぎ)は ${day}です。`,
  over: '体(からだ)と 心(こころ)の 文(ぶん)は おわりました。',
  end: '体(からだ)と 心(こころ)の 文(ぶん)を 止(と)める',
  ended: '止(と)めました。',
  elsewhere: '体(からだ)と 心(こころ)の 短(みじか)い 文(ぶん)を もらうことも できます。',
  toOwnPage: '自分(じぶん)の ページを 開(ひら)く',
}
