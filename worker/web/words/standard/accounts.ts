/** The town's move to another account: its letters, and the way in the talk. */
export const accounts = {
  /** Also what a lock screen and a list of mails show. */
  subject: (sender: string) => `${sender}: 届け先についてのお知らせ`,
  /** Before a letter that is not the first. */
  again: '前にもお知らせしました。まだの方にだけ、もう一度お送りしています。',
  last: (until: string) =>
    `これが最後のお知らせです。${until}を過ぎると、ここには届かなくなります。`,
  otherProvider: {
    says: (until: string) => [
      'LINE のアカウントが新しくなります。新しいアカウントで続けて受け取るには、つなぎ直しが要ります。',
      `${until}までは、ここにもこれまでどおり届きます。つなぎ直すと、新しいアカウントからだけ届きます。`,
    ],
    button: '新しいアカウントに移る',
  },
  sameProvider: {
    says: (account: string) => [
      'LINE のアカウントが新しくなります。これからの文は、新しいアカウントから届きます。',
      `新しいアカウント(${account})が友だちでない方は、下のボタンで友だちに追加してください。友だちの方は、することはありません。`,
    ],
    button: '友だちに追加する',
  },
  mailToLine: {
    says: (until: string) => [
      'LINE でも受け取れるようになりました。LINE に変えたい方は、下のボタンから「登録の内容」を開き、「届け先を変える」で LINE を選んでください。',
      `メールのままでよい方は、することはありません。このご案内は${until}までです。`,
    ],
    lastSays: 'これが最後のご案内です。メールには、これからもこれまでどおり届きます。',
    button: '登録の内容を見る・変える',
  },
  /** To who has just registered with the account that is moved to. */
  twice: {
    otherProvider:
      '前のアカウントにも届いている方は、そこに届いたお知らせの「新しいアカウントに移る」も押してください。ふたつの登録がひとつになり、2 通ずつ届かなくなります。',
    mailToLine:
      'メールでも届いている方は、そのメールのいちばん下の「登録の内容を見る・変える」から、届け先を LINE に変えてください。ふたつの登録がひとつになり、2 通ずつ届かなくなります。',
  },
  talk: {
    steps: (account: string) => [
      `1. 新しいアカウント(${account})を友だちに追加してください。`,
      '2. 「合言葉を送る」を押して、入っている文をそのまま送ってください。24 時間、1 回だけ使えます。',
      '3. 届いた質問で「変える」を押すと、終わりです。',
    ],
    add: '友だちに追加する',
    send: '合言葉を送る',
    key: (message: string) =>
      `合言葉は次の文です。新しいアカウントのトークで送ってください。\n${message}`,
    over: 'つなぎ直しの受け付けは、いまはしていません。',
  },
}
