import type { Words } from '../standard'

/** Where the quiet row under a LINE text leads, the same for everybody. */
export const quietRow: Words['quietRow'] = {
  contact: '相談(そうだん)する ところ',
  always: '夜(よる)も 休(やす)みの日(ひ)も いつでも。お金(かね)は いりません',
  anything: '困(こま)ったこと、何(なん)でも',
  danger: '子(こ)どもが 危(あぶ)ないとき',
  hours: (hours) => `時間(じかん) ${hours}`,
  change: '登録(とうろく)を 変(か)える・お知(し)らせを 止(と)める',
  byMail: 'メールで もらっている 人(ひと)',
  byMailWhy: 'あなたの メールアドレスに リンクを 送(おく)ります。',
  mailLink: 'メールで リンクを もらう',
  byLogin: [
    'LINEで もらっている 人(ひと)は、ボタンを 押(お)してください。LINEが 開(あ)きます。そのあと 登録(とうろく)の 内容(ないよう)が 開(あ)きます。',
    'LINEの 番号(ばんごう)だけを もらいます。名前(なまえ)や 写真(しゃしん)は もらいません。',
  ],
  byTalk:
    'LINEで もらっている 人(ひと)は、LINEで「登録の内容」と 送(おく)ってください。ページの リンクが 届(とど)きます。',
  byPhone:
    'LINEで もらっている 人(ひと)は、下(した)の 電話(でんわ)で 変(か)えたり 止(と)めたり できます。理由(りゆう)は 聞(き)きません。',
}
