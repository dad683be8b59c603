/** A reader's own page. */
export const me = {
  profile: 'あなたの登録',
  town: '自治体',
  about: '続柄・文章の書き方・地区を変える',
  save: '保存する',
  corrected: '出産予定日から数えた月齢(修正月齢)で届きます。',
  sharers: (relations: string) => `いっしょに登録しているご家族: ${relations}`,
  lately: 'この 7 日に届いた文',
  lateText: (day: string, label: string | null) =>
    label === null ? `${day} 登録のあいさつ` : `${day} ${label}の文`,
}

/** Behind the link under a text that comes by mail. */
export const textLink = {
  title: '変更・停止',
  about:
    '登録の内容は、ほかの人に見られないように、メールで届くリンクから開きます。この配信を受け取っているメールアドレスに送ります。',
  send: '登録の内容のリンクを受け取る',
  open: '登録の内容を開く',
  sent: 'メールを送りました',
  aboutSent: [
    'この配信を受け取っているメールアドレスに、登録の内容のリンクを送りました。24 時間以内に開いてください。',
    '届かないときは、迷惑メールの設定を確かめてください。1 時間に 3 通まで送れます。',
  ],
}
