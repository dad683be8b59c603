/** What a reader says of a text, without saying who they are. */
export const voice = {
  title: 'この文章はどうでしたか',
  about: (subject: string) => `「${subject}」についての、あなたの声をお聞かせください。`,
  anonymous: 'どなたが書かれたかは、分からないようにしています。お返事はできません。',
  verdict: '役に立ちましたか',
  verdicts: { helpful: '役に立った', notHelpful: '役に立たなかった' },
  comment: (most: number) => `ご感想・ご意見(${most} 文字まで。なくてもかまいません)`,
  commentHint:
    'お名前・電話番号・住所は書かないでください。番号やアドレスは、消してから保存します。',
  mayQuote: '匿名で紹介してよい',
  mayQuoteHint: '印があるときだけ、広報紙やホームページで、書かれた言葉を紹介することがあります。',
  send: '送る',
  empty: '「役に立った」か「役に立たなかった」を選ぶか、ご感想を書いてください。',
  tooLong: (length: number, most: number) =>
    `ご感想は、いま ${length} 文字です。${most} 文字までに短くしてください。`,
  stopElsewhere:
    '配信の変更や停止は、このページではできません。届いた文のいちばん下から、いつでもできます。',
  thanks: 'ありがとうございました',
  thanksWhy: ['いただいた声は、文章を作る人と自治体が読み、次の文章に生かします。'],
  contact: '相談先を見る',
  heard: 'お話しできるところがあります。ひとりで抱えずに、話してみてください。',
  gone: 'この文章への声は、受け付けを終わりました',
  goneWhy: '文章が新しくなったか、取り下げられました。',
}
