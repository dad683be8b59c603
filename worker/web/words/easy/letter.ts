import type { Words } from '../standard'

/** Letters: what is mailed that is not a text. */
export const mail: Words['mail'] = {
  greeting: (sender) => `${sender}です。`,
  confirmSubject: (sender) => `【${sender}】メールの 登録(とうろく)を 終(お)わらせて ください`,
  confirm: (sender) => [
    `「${sender}」の メールを もらいたい人(ひと)は、ボタンを 押(お)してください。`,
    '24時間(じかん)の 間(あいだ)に 1回(かい)だけ 押(お)すことが できます。',
  ],
  confirmButton: '登録(とうろく)する',
  confirmAfter:
    '知(し)らない メールのときは、この メールを 消(け)してください。登録(とうろく)しません。',
  restartSubject: (sender) => `【${sender}】メールを 登録(とうろく)しました`,
  restart: 'メールを 登録(とうろく)しました。',
  restartAfter:
    '変(か)えるときや 止(と)めるときは、ボタンを 押(お)してください。7日(か)の 間(あいだ)、1つの ブラウザで 使(つか)うことが できます。',
  pageSubject: (sender) => `【${sender}】登録(とうろく)の 内容(ないよう)の ページです`,
  page: '変(か)えるときや 止(と)めるときは、ボタンを 押(お)してください。24時間(じかん)の 間(あいだ)、1つの ブラウザで 使(つか)うことが できます。',
  pageButton: '登録(とうろく)の 内容(ないよう)を 見(み)る',
  pageAfter: 'この メールを ほかの人(ひと)に 送(おく)らないで ください。',
  phone: (number) => `電話(でんわ) ${number}`,
}
