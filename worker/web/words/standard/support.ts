/** What there is after a stop, read or asked for by choice alone: no stage, no child, no word of a loss. */
export const support = {
  title: '手続きや相談先',
  /** Support texts, as their readers call them. */
  texts: 'からだとこころの文',
  about: (count: number) =>
    `あなたのからだとこころのための、短い文です。ぜんぶで ${count} 通、少しずつ届きます。`,
  quietly: '通知には内容を出しません。ほかの方には知らせません。いつでも止められます。',
  choose: 'からだとこころの文を受け取る',
  question: 'からだとこころの文を受け取ります。',
  first: (day: string) => `はじめの文は、${day}に届きます。`,
  go: '受け取る',
  coming: (day: string) => `からだとこころの文が届きます。次は、${day}です。`,
  over: 'からだとこころの文は、おわりました。',
  end: 'からだとこころの文を止める',
  ended: '止めました。',
  elsewhere: 'からだとこころのための短い文を、受け取ることもできます。',
  toOwnPage: 'ご自分のページから希望する',
}
