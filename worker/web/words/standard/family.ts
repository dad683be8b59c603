/** The others who are registered with a child. */
export const family = {
  invite: {
    title: 'ご家族を招く',
    about:
      'お子さんの文をいっしょに受け取るご家族に、リンクを送るか、QR コードを見せてください。日付を入れずに登録できます。受け取り方、続柄、文章の書き方は、その方が選びます。',
    children: '招くお子さん',
    choose: '選んだお子さんのリンクにする',
    line: 'LINE で送る',
    mail: 'メールで送る',
    code: 'QR コード',
    codeHint: '近くにいるときは、相手のスマートフォンのカメラで読みとれます。',
    link: 'リンク(長押しでコピーできます)',
    lifetime:
      'リンクと QR コードは、7 日のあいだ使えます。受け取るご家族のほかには、渡さないでください。',
    /** What the other one reads; the link stands below it. */
    message: (sender: string) =>
      `「${sender}」の文を、いっしょに受け取りませんか。次のリンクから登録できます。7 日のあいだ使えます。`,
  },
  /** Who changes the dates of a child. */
  dates: {
    othersOf: (relation: string) =>
      `日付は、はじめに登録した方(${relation})と、その方が選んだご家族が変えられます。`,
    others: '日付は、はじめに登録した方と、その方が選んだご家族が変えられます。',
    askOthers: '日付は、ほかのご家族が変えられます',
    tellThem: '日付がちがうときは、その方に伝えてください。',
    likeKnown: '登録済みのお子さんのことですか',
    addAnother: 'べつのお子さんとして登録する',
    typeAgain: '日付を入れなおす',
    choose: '日付を変えられる人を選ぶ',
    title: '日付を変えられる人',
    about:
      'はじめに登録したあなたは、出産予定日や誕生日をいつでも変えられます。ほかにも変えられるようにする方を選んでください。いつでも選びなおせます。',
    who: 'いっしょに変えられる人',
    numbered: (relation: string, place: number) => `${relation}(登録した順に ${place} 人め)`,
  },
  /** What the others are told when dates were changed: neither who, nor which, nor of what child. */
  note: {
    /** Also what a lock screen shows. */
    subject: (sender: string) => `${sender}: 登録の内容についてのお知らせ`,
    changed: 'お子さんの登録の日付が変わりました。これからの文は、新しい日付でお届けします。',
    unexpected:
      '心あたりがないときは、登録の内容を確かめるか、いっしょに登録しているご家族に聞いてみてください。',
    button: '変更・停止',
  },
  /** A birth that was told too early. */
  unborn: {
    link: 'まだ生まれていません(誕生日を取り消す)',
    ask: '誕生日を取り消して、妊娠中の登録にもどします',
    button: '取り消す',
  },
  /** No birth was told though the texts of the pregnancy are over. */
  paused: {
    child: 'お子さん',
    now: 'いまは、文をお休みしています。',
    question: '登録の確認',
  },
}
