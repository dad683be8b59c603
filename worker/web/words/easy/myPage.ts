import type { Words } from '../standard'

/** A reader's own page. */
export const me: Words['me'] = {
  profile: 'あなたの 登録(とうろく)',
  town: 'まち',
  about: 'あなたの ことを 変(か)える',
  save: 'これで いい',
  corrected: '生(う)まれる 予定(よてい)の日(ひ)から 数(かぞ)えて 届(とど)きます。',
  sharers: (relations) => `いっしょに 登録(とうろく)している 家族(かぞく): ${relations}`,
  lately: '7日(にち)の あいだに 届(とど)いた お知(し)らせ',
  lateText: (day, label) => (label === null ? `${day} あいさつ` : `${day} ${label}`),
}

/** Behind the link under a text that comes by mail. */
export const textLink: Words['textLink'] = {
  title: '変(か)える・止(と)める',
  about:
    'あなたの 登録(とうろく)は、ほかの 人(ひと)には 見(み)えません。見(み)るための リンクを、あなたの メールアドレスに 送(おく)ります。',
  send: 'リンクを メールで もらう',
  open: '登録(とうろく)の内容(ないよう)を 見(み)る',
  sent: 'メールを 送(おく)りました',
  aboutSent: [
    'あなたの メールアドレスに リンクを 送(おく)りました。24時間(じかん)の 間(あいだ)に 開(あ)けてください。',
    'メールが 来(こ)ないときは、メールの 設定(せってい)を 見(み)てください。1時間(じかん)に 3通(つう)まで 送(おく)ることが できます。',
  ],
}
