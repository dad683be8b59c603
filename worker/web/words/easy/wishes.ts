import type { Words } from '../standard'

/** How a reader's texts come: notifications and what else may be wished. */
export const wishes: Words['wishes'] = {
  hour: {
    term: '届(とど)く 時間(じかん)',
    question: 'お知(し)らせが 届(とど)く 時間(じかん)を 選(えら)んでください',
    hint: '選(えら)んだ 時間(じかん)に 届(とど)きます。今日(きょう)は、前(まえ)の 時間(じかん)に 届(とど)くことが あります。明日(あした)からは、選(えら)んだ 時間(じかん)です。',
    own: (hour) => `${hour}ごろ。いつもの 時間(じかん)です`,
    at: (hour) => `${hour}ごろ`,
    withdrawn: (hour, own) =>
      `${own}ごろ。前(まえ)に 選(えら)んだ ${hour}は、いま 選(えら)ぶことが できません`,
  },
  notice: {
    term: '画面(がめん)の 通知(つうち)',
    question: '通知(つうち)に お知(し)らせの 内容(ないよう)を 出(だ)しますか',
    hint: (headline) =>
      `スマートフォンの 通知(つうち)は、ほかの 人(ひと)も 見(み)ることが あります。出(だ)さないときは、「${headline}」だけが 出(で)ます。開(ひら)くと、内容(ないよう)を 読(よ)むことが できます。`,
    choices: {
      '': 'おまかせ。はじめは 出(だ)しません',
      shown: '出(だ)す',
      discreet: '出(だ)さない',
    },
  },
  themes: {
    term: '届(とど)けない もの',
    question: 'ほしくない お知(し)らせを 選(えら)んでください',
    hint: 'いくつでも 選(えら)ぶことが できます。選(えら)ばなくても いいです。健康(けんこう)や 注射(ちゅうしゃ)や 安全(あんぜん)の お知(し)らせは、いつも 届(とど)きます。',
    none: 'なし',
    names: {
      newYear: 'お正月(しょうがつ)',
      mothersDay: '母(はは)の 日(ひ)',
      childrensDay: 'こどもの日(ひ)・ひなまつり',
      fathersDay: '父(ちち)の 日(ひ)',
      respectDay: '敬老(けいろう)の 日(ひ)',
      christmas: 'クリスマス',
      books: '絵本(えほん)',
      events: '町(まち)の 行事(ぎょうじ)',
      surveys: 'アンケート',
    },
  },
}
