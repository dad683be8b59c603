/** A reader's own page. */
export const me = {
  title: '登録の内容',
  /** What was just done. */
  done: {
    dates: '日付を変えました。',
    birth: '誕生日を登録しました。',
    added: 'お子さんを追加しました。',
    known: 'このお子さんは、もう登録されています。',
    about: '変えました。',
    unborn: '誕生日を取り消しました。',
    keepers: '日付を変えられる人を決めました。',
    back: '再開しました。',
    contact: '届け先を変えました。これからの文は、新しい届け先に届きます。',
    contactKept: '届け先は変えていません。いまの届け先に、これまでどおり届きます。',
    contactTaken:
      'その LINE には、もう別の登録で届いています。届け先は変えていません。いまの届け先に、これまでどおり届きます。',
    contactEnded:
      '届け先を変える手続きは、期限が切れました。変えるときは、もう一度手続きをしてください。',
  },
  /** Where nothing is sent to a contact, the reader is the one who can change it. */
  contacts: {
    unsubscribed: 'メールの配信は止まっています。また受け取るには、もう一度登録してください。',
    suppressed:
      'このメールアドレスには届かなくなったため、配信を止めています。また受け取るには、下の「受け取り方」を変えてください。',
    lineSuppressed: 'LINE に届かなくなったため、配信を止めています。',
    blocked:
      'LINE でこのアカウントをブロックしているため、届いていません。ブロックを解除すると届きます。',
    notFriend:
      'LINE でこのアカウントを友だちに追加しているか、確かめてください。追加していないと届きません。',
  },
  add: 'お子さんを追加する',
  birthDate: (day: string) => `誕生日 ${day}`,
  dueDate: (day: string) => `出産予定日 ${day}`,
  tellBirth: '生まれたことを知らせる',
  leave: '自分だけ、この子の配信を止める',
  stop: 'この子の配信を止める',
  gone: 'いまの登録にないお子さんです',
  unchanged: '何も変えていません。',
  own: '登録の内容を見る',
  profile: 'あなたの登録',
  town: '自治体',
  about: '続柄・文章の書き方・地区を変える',
  save: '保存する',
  corrected: '出産予定日から数えた月齢(修正月齢)で届きます。',
  sharers: (relations: string) => `いっしょに登録しているご家族: ${relations}`,
  lately: 'この 7 日にお送りした文',
  lateText: (day: string, label: string | null) =>
    label === null ? `${day} 登録のあいさつ` : `${day} ${label}の文`,
}

/** Said before the press and after it: whose texts come where is nobody else's business. */
const ON_LINE = 'いまは LINE で受け取っている方は、LINE で「登録の内容」と送ってください。'

/** Behind the link under a text that comes by mail. */
export const textLink = {
  title: '変更・停止',
  about: [
    '登録の内容は、ほかの人に見られないように、ご本人に届くリンクから開きます。メールで受け取っている方には、そのメールアドレスに送ります。',
    ON_LINE,
  ],
  send: '登録の内容のリンクを受け取る',
  open: '登録の内容を開く',
  sent: 'メールを見てください',
  aboutSent: [
    'メールで受け取っている方には、登録の内容のリンクを送りました。24 時間以内に開いてください。',
    ON_LINE,
    'メールが届かないときは、迷惑メールの設定を確かめてください。1 時間に送れるのは 3 通までです。前に届いたメールがあれば、そのリンクを開いてください。',
  ],
}
