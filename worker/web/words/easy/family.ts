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
  /** Who changes the dates of a child. */
  dates: {
    othersOf: (relation) =>
      `この 日(ひ)は、はじめに 登録(とうろく)した 人(ひと)が 変(か)えます。はじめに 登録(とうろく)したのは ${relation}です。`,
    others: 'この 日(ひ)は、はじめに 登録(とうろく)した 人(ひと)が 変(か)えます。',
    askOthers: 'この 日(ひ)は ほかの 家族(かぞく)が 変(か)えます',
    tellThem: '日(ひ)が ちがうときは、その 人(ひと)に 言(い)ってください。',
    likeKnown: '登録(とうろく)している 子(こ)どもですか',
    addAnother: 'ちがう 子(こ)どもです。登録(とうろく)する',
    typeAgain: '日(ひ)を もう 1回(かい) 入(い)れる',
    choose: '日(ひ)を 変(か)える 人(ひと)を 選(えら)ぶ',
    title: '日(ひ)を 変(か)える 人(ひと)',
    about:
      'あなたは いつでも 日(ひ)を 変(か)えることが できます。ほかの 人(ひと)も 変(か)えるときは、選(えら)んでください。',
    who: 'いっしょに 変(か)える 人(ひと)',
    numbered: (relation, place) => `${relation} ${place}番(ばん)め`,
  },
  /** What the others are told when dates were changed: neither who, nor which, nor of what child. */
  note: {
    subject: (sender) => `${sender}: 登録(とうろく)の お知(し)らせ`,
    changed:
      '子(こ)どもの 登録(とうろく)の 日(ひ)が 変(か)わりました。新(あたら)しい 日(ひ)で お知(し)らせを 送(おく)ります。',
    unexpected:
      'わからないときは、登録(とうろく)の 内容(ないよう)を 見(み)てください。家族(かぞく)にも 聞(き)いてください。',
    button: '変(か)える・止(と)める',
  },
  /** A birth that was told too early. */
  unborn: {
    link: 'まだ 生(う)まれていません',
    ask: '誕生日(たんじょうび)を やめて、前(まえ)の 登録(とうろく)に もどします',
    button: 'もどす',
  },
  /** No birth was told though the texts of the pregnancy are over. */
  paused: {
    child: '子(こ)ども',
    now: 'いまは お知(し)らせを 休(やす)んでいます。',
    question: '登録(とうろく)の お知(し)らせ',
  },
}
