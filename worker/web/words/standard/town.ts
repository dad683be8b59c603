/** Moving to another town. */
export const town = {
  title: '引っ越した',
  question: '引っ越した先の自治体',
  about: '選んだ自治体からの配信に変わります。お子さんの日付は、入れ直さなくて大丈夫です。',
  choose: '引っ越した先の自治体を選んでください。',
  noOther: 'いま選べる自治体が、ほかにありません。',
  notHere:
    '引っ越した先がここにないときは、いまの自治体からの配信が続きます。止めるときは「配信を止める・休む」から止められます。',
  /** In the list, where a town's texts come in another way than the reader's do now. */
  only: {
    line: (name: string) => `${name}(LINE だけで届きます)`,
    mail: (name: string) => `${name}(メールだけで届きます)`,
  },
  inTown: (name: string) => `${name}での受け取り方`,
  onlyMail: (name: string) =>
    `${name}の配信はメールで届きます。受け取るメールアドレスを入れてください。`,
  onlyLine: (name: string) =>
    `${name}の配信は LINE で届きます。最後の画面の手順で、LINE のアカウントを友だちに追加して受け取ります。`,
  noLine: 'LINE を使っていないとき',
  noLineWhy: (name: string, from: string) => [
    `${name}からメールでは届きません。ほかの受け取り方があるかは、${name}の窓口におたずねください。`,
    `いまの自治体(${from})からの配信を、このまま続けることもできます。`,
  ],
  stay: 'いまの自治体のままにする',
  check: '引っ越しの内容を確かめます',
  atOnce: (from: string) =>
    `ボタンを押すと、すぐに変わります。${from}からは届かなくなります。きょうの分が同じ内容で 2 回届くことはありません。`,
  waits: {
    mail: (from: string) =>
      `確認のメールを送ります。メールのボタンを押すまでは、${from}からの配信が続きます。`,
    line: (from: string) =>
      `引っ越した先の LINE アカウントを友だちに追加して、トークで確かめます。それまでは、${from}からの配信が続きます。`,
  },
  none: (from: string) =>
    `引っ越した先の配信は、いまの届け先では受け取れません。${from}からの配信が続きます。`,
  family:
    'いっしょに登録しているご家族は、いまの自治体のままです。ご家族も引っ越すときは、それぞれの「登録の内容」から変えられます。',
  move: 'この自治体に変える',
  taken: (name: string) => `${name}からの配信は、もう届いています`,
  takenWhy: (from: string, contact: string) => [
    `${contact} には、引っ越した先からの配信がもう届いています。何も変えていません。`,
    `${from}からの配信がいらないときは、次のページから止められます。`,
  ],
  done: '引っ越した先の自治体に変えました。',
}
