/** What is answered in the talk of LINE. */
export const talk = {
  /** In the list of talks and on a lock screen. */
  notice: (sender: string) => `${sender}からのお返事です`,
  who: (sender: string) => `${sender}です。`,
  press: 'ご用のボタンを押してください。「登録の内容・変更」は、1時間、1回開けます。',
  automatic: '自動のお返事です。書かれたことを人が読むことはなく、残しません。',
  /** Said before what is true, and never to who is in need or wants an end. */
  thanks: 'ご連絡ありがとうございます。',
  nothing: 'いまお届けしている配信はありません。',
  greeting: 'お子さんの時期に合わせた子育ての文を、この LINE にお届けします。',
  register: '登録は下のボタンから、1分ほどで終わります(24時間、1回使えます)。',
  /** Said beside the greeting of another language: `name` is the button that is pressed for this one. */
  registerBeside: (name: string) => `「${name}」のボタンから登録できます。`,
  /** Said to whoever has just added the account: nobody knows yet who it is. */
  changing:
    '届け先や自治体を変える途中の方は、登録せずに、ページの「届け先の変更」の文を送ってください。',
  howToStop:
    '届く文の下の「変更・停止」から、いつでも変えたり止めたりできます。このトークで「配信を止める」と送っても、止めるページが届きます。',
  help: 'ひとりで抱えなくて大丈夫です。電話で話を聞いてもらえます。夜間や休日も、いつでも無料でかけられる番号があります。',
  /** `whom`: the department with its telephone; null without one. */
  talkTo: (whom: string | null) =>
    `話したいことや知りたいことがあるときの電話と案内が、「相談先」にあります。${whom === null ? '' : `${whom} に、そのままお電話いただくこともできます。`}`,
  /** Texts come to another contact, or from another town, than to this talk. */
  former:
    '文は、いまは別のところに届いています。ここには届きません。変更や停止は、そこに届く文のいちばん下からできます。',
  buttons: {
    change: '登録の内容・変更',
    stop: '止める・休む',
    contact: '相談先',
    birth: '生まれたことを知らせる',
    own: '登録の内容',
    register: '登録する',
    goOn: 'つづきを開く',
    stopTown: (town: string) => `${town}の配信を止める`,
  },
  answered: {
    confirmed: '登録しました。',
    known: 'このお子さんは、もう登録されています。',
    used: 'この確認には、もうお返事をいただいています。',
    asked:
      'まだ登録は終わっていません。登録済みのお子さんと同じか、次のページで教えてください(1時間、1回開けます)。期限が切れたときは、もう一度「登録する」を押すと新しいリンクが届きます。',
    gone: '確認の期限が切れました。もう一度登録するには、「登録」と送ってください。新しいリンクが届きます。',
    refused:
      'わかりました。何も登録していません。登録のリンクは、ほかの人に渡さないでください。登録するときは、「登録」と送ってください。新しいリンクが届きます。',
  },
  /** Sent into one's own talk: did you register? At most 240 characters with the sender's name. */
  question: {
    notice: '確認をお願いします',
    text: (sender: string, when: string) =>
      `${sender}の登録が、${when === '' ? '' : `${when} に`}入力されました。あなたが入力した場合は「登録する」を押してください。心当たりがないときは「自分ではない」を押してください。何も登録されません。`,
    yes: '登録する',
    no: '自分ではない',
  },
  formerTown: (town: string) => `${town}からの配信も続いています。`,
  anyTime: '登録の内容の変更、配信の停止、相談先は、いつでも、届く文の下のボタンから開けます。',
}
