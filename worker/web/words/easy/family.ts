import type { Words } from '../standard'

/** The others who are registered with a child. */
export const family: Words['family'] = {
  invite: {
    title: '家族(かぞく)と いっしょに もらう',
    about:
      '家族(かぞく)に リンクか QRコードを 送(おく)ってください。家族(かぞく)も お知(し)らせを もらうことが できます。どうやって もらうかは、家族(かぞく)が 選(えら)びます。',
    children: 'どの 子(こ)どもの お知(し)らせですか',
    choose: 'この 子(こ)どもの リンクに する',
    line: 'LINEで 送(おく)る',
    mail: 'メールで 送(おく)る',
    code: 'QRコード',
    codeHint: '家族(かぞく)の 電話(でんわ)の カメラで 見(み)てください。',
    link: 'リンク',
    lifetime:
      'リンクは 7日(にち) 使(つか)うことが できます。家族(かぞく)だけに 送(おく)ってください。',
    message: (sender) =>
      `「${sender}」の お知(し)らせを いっしょに もらいませんか。この リンクから 登録(とうろく)できます。7日(にち) 使(つか)うことが できます。`,
  },
}
