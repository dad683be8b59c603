/** Where a registration ends, well or not. */
export const ends = {
  choose: 'お住まいの自治体を選んでください',
  unknown: '出産予定日がわかってから登録できます',
  unknownWhy: [
    '出産予定日は、産婦人科の健診で教えてもらえます。母子健康手帳にも書かれます。',
    '妊娠の週数がわかるときは、いまの週数でも登録できます。',
    'わかったら、いつでもこのページからどうぞ。まだ何も登録していません。',
    '体のことや受診について聞きたいことがあるときは、下の窓口にご相談ください。',
  ],
  unknownKept: '入れた内容は、このブラウザに 1 時間だけ残ります。',
  unknownBack: '日付か週数を入れる',
  nothing: 'いま、お届けできる文がありません',
  nothingWhy: (town: string) => [
    `${town}には、このお子さんのこれからの時期の文がありません。登録はしていません。`,
    '日付がちがうときは、入れなおしてください。ほかのことは、下の窓口におたずねください。',
  ],
  nothingBack: '日付を入れなおす',
  invitation: {
    title: 'このリンクは終わりました',
    why: 'ご家族から届いたリンクは、しばらくすると終わります。ご自分で登録することもできます。',
    own: 'ご自分で登録する',
    others: 'そのほかのことは、お住まいの自治体の窓口におたずねください。',
  },

  done: '登録しました',
  doneNothing: '登録しましたが、いま届く文はありません',
  doneThen: 'それからは、お子さんの時期に合わせてお届けします。',
  doneHelp: '日付や書き方は、あとから変えられます。くわしくは、下の窓口におたずねください。',
  refused: 'メールの設定を確かめてください',
  refusedWhy:
    'このアドレスには、前に文が届かないことがありました。確認のメールが届いても、文が止められることがあります。',
  doneAnswers: '登録した内容',
  doneNext: 'このあとできること',
  doneOpen: '登録の内容を開く',
  doneOpenWhy:
    'ご家族を招く、お子さんを追加する、内容を変える、配信を止める。どれも「登録の内容」のページでできます。',
  doneLater:
    'あとで「登録の内容」を開くときは、届いたメールの下のリンクを押してください。開くためのリンクを、あなたのアドレスにお送りします。',
  doneClose: 'ほかになければ、このページは閉じてかまいません。',
  formerTowns: '引っ越した方へ',
  formerTown: (town: string) => `${town}からの配信も続いています。止める`,

  later: '登録のあとのページです',
  laterWhy:
    'このページに出ていた内容は、登録したブラウザでだけ、1 時間見られます。このページを開いただけでは、登録されません。',
  laterCheck: '登録できているかを、メールで確かめる',
  register: '登録する',

  known: 'このお子さんは、もう登録されています',
  knownWhy: '同じお子さんが登録されているので、追加していません。',
  ownPage: '登録の内容を見る・変える',

  asked: 'LINE のトークで確認してください',
  askedWhy: [
    'まだ登録は終わっていません。トークに届く確認で「登録する」を押すと、登録が終わります。確認は 24 時間使えます。',
    '届かないときは、トークで「登録」と送ってください。もう一度お送りします。',
  ],

  askedOpen: 'LINE のトークを開く(友だち追加)',

  used: 'このリンクは、もう使われています',
  usedWhy: [
    'リンクで登録できるのは 1 回だけです。登録の確認は、LINE のトークに届いています。',
    'もう一度登録するには、トークで「登録」と送ってください。新しいリンクが届きます。',
  ],

  sent: '確認のメールを送りました',
  sentAgain: 'もう一度送りました。数分お待ちください。',
  sentTo: '送り先',
  sentWhy: [
    'まだ登録は終わっていません。メールの中のボタンを押すと、登録が終わります。ボタンは 24 時間使えます。',
  ],
  sentMissing: '届かないとき',
  sentFolder: '迷惑メールのフォルダーを見てください。',
  sentAllow: (domain: string) =>
    `携帯電話のメールでは、「${domain}」からのメールを受け取る設定をしてください。`,
  sentCarriers: '設定のしかた(携帯電話の会社別)',
  /**
   * The names of the settings as the carriers have them; their menus change, these words stay.
   * https://www.docomo.ne.jp/info/spam_mail/ https://www.au.com/support/service/mobile/trouble/mail/email/filter/
   * https://www.softbank.jp/mobile/support/mail/antispam/ https://network.mobile.rakuten.co.jp/service/raku-mail/
   */
  carriers: [
    {
      name: 'ドコモ',
      steps:
        '「My docomo」のメール設定で、「受信リスト/拒否リスト設定」の受信するメールに入れます。',
    },
    {
      name: 'au・UQ mobile',
      steps: '「迷惑メールフィルター」の「受信リストに登録」に入れます。',
    },
    {
      name: 'ソフトバンク・ワイモバイル',
      steps:
        '「My SoftBank」「My Y!mobile」の「メール設定」から「迷惑メール対策」を開き、「受信許可リスト」に入れます。',
    },
    {
      name: '楽天モバイル(楽メール)',
      steps: '楽メールの迷惑メールの設定で、受信を許可するドメインに入れます。',
    },
  ],
  sendAgain: 'もう一度送る',
  anotherAddress: 'アドレスを入れなおす',
}
