/** How to register on LINE. */
export const friend = {
  title: 'LINE で登録する',
  add: (sender: string) => `${sender} を LINE の友だちに追加してください。`,
  button: '友だちに追加する',
  steps: {
    all: '追加すると、トークに登録のリンクが届きます。リンクを開いて、日付などを入れると登録できます。',
    own: '追加したら、トークで「登録」と送ってください。登録のリンクが届きます。リンクを開いて、日付などを入れると登録できます。',
    none: 'このアカウントでの登録の方法は、自治体の案内をご覧ください。',
  },
  share:
    '追加したら、トークで次の文をそのまま送ってください。ご家族と同じお子さんの登録のリンクが届きます。',
  shareButton: '追加したら、文を送る',
}

/** What LINE is asked about who opens a link. */
export const login = {
  title: 'LINE で本人を確かめます',
  why: [
    'このリンクは、LINE のトークで受け取った方だけが使えます。ボタンを押すと LINE に移り、確かめたあとに登録を始めます。',
    '受け取るのは LINE での番号(ユーザー ID)だけです。名前や写真は受け取りません。',
  ],
  button: 'LINE で確かめて進む',
  untouched: '何も表示していません。何も変えていません。',
  failed: 'LINE で確かめられませんでした',
  failedAgain: 'もう一度お試しください。LINE のパスワードなどを入れる画面が出ることがあります。',
  failedElsewhere:
    'LINE のアプリとほかのブラウザのあいだを移ると、続きから進めません。リンクを、はじめに開いたブラウザでもう一度開いてください。',
  again: 'もう一度 LINE で確かめる',
  newLink:
    'LINE のトークで「登録の内容」(まだ登録していない方は「登録」)と送ると、新しいリンクが届きます。',
  unavailable: 'いま、LINE に確かめられません',
  unavailableWhy: '数分あとで、リンクをもう一度開いてください。リンクは、まだ使えます。',
  notYours: 'このリンクは、ほかの方に届いたものです',
  notYoursWhy: [
    'LINE で確かめた方と、リンクを受け取った方が違います。何も表示していません。何も変えていません。',
    'ご自分の登録は、ご自分の LINE のトークで「登録の内容」(まだ登録していない方は「登録」)と送ると、リンクが届きます。',
  ],
}

/** Doors that open nothing. */
export const door = {
  expired: 'リンクの期限が切れています',
  anotherLink:
    'LINE から開いたときは、トークで「登録」と送ると新しいリンクが届きます。ご家族からのリンクのときは、もう一度送ってもらってください。',
  closed: (town: string) => `${town}の配信は、いま行われていません`,
  closedWhy: '登録はできません。くわしくは、下の窓口におたずねください。',
  missing: 'ページが見つかりません',
  missingWhy: 'アドレスが途中で切れていないか、確かめてください。',
}

/** Confirming a mail address. */
export const confirm = {
  title: '登録を完了します',
  why: 'このメールアドレスで受け取る場合は、ボタンを押してください。',
  button: '登録を完了する',
  used: '登録は済んでいます',
  usedWhy: 'このページは閉じてかまいません。',
  again: 'お手数ですが、もう一度登録してください。登録ははじめから 1 分ほどです。',
}
