/** Letters: what is mailed that is not a text. */
export const mail = {
  greeting: (sender: string) => `${sender}です。`,
  confirmSubject: (sender: string) => `【${sender}】メール配信の登録を完了してください`,
  confirm: (sender: string) => [
    `「${sender}」のメール配信の登録を受け付けました。次のボタン(リンク)を押すと、登録が終わります。24 時間以内に 1 回だけ使えます。`,
  ],
  confirmButton: '登録を完了する',
  confirmAfter: 'お心当たりがないときは、このメールを消してください。何も登録されません。',
  restartSubject: (sender: string) => `【${sender}】メール配信を登録しました`,
  restart: 'メール配信の登録を受け付けました。',
  restartAfter:
    '次のボタン(リンク)は、登録の内容を変えたり、配信を止めたりするページです。7 日以内に、1 つのブラウザで開けます。',
  pageSubject: (sender: string) => `【${sender}】登録の内容を変えるページのリンクです`,
  page: '登録の内容を変えたり、配信を止めたりするページです。24 時間以内に、1 つのブラウザで開けます。',
  pageButton: '登録の内容を開く',
  pageAfter:
    'まだ開いていないリンクを知っている人は、内容を見て変えられます。ほかの人に渡さないでください。',
  phone: (number: string) => `電話 ${number}`,
}
