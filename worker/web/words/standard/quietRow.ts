/** Where the quiet row under a LINE text leads, the same for everybody. */
export const quietRow = {
  contact: '相談先',
  always: '夜間や休日も、いつでも(無料)',
  /** What the helplines may be called for. */
  anything: 'どんな悩みでも',
  danger: '子どもの安全が心配なとき',
  hours: (hours: string) => `受付時間 ${hours}`,
  change: '登録の内容の変更・配信の停止',
  byMail: 'メールで受け取っている方',
  byMailWhy: '登録したメールアドレスに、登録の内容を変えるページのリンクを送ります。',
  mailLink: 'メールでリンクを受け取る',
  byLogin: [
    'LINE で受け取っている方は、LINE でご本人を確かめると、登録の内容が開きます。',
    '受け取るのは LINE での番号(ユーザー ID)だけです。名前や写真は受け取りません。',
  ],
  byTalk:
    'LINE で受け取っている方は、LINE のトークで「登録の内容」と送ってください。登録の内容を変えるページと、配信を止めるページのリンクが届きます。',
  byPhone: 'LINE で受け取っている方の変更と停止は、下の窓口で承ります。理由はおたずねしません。',
}
