/** Stopping and resting: no stage, no date of a child, no word that hurts. */
export const quiet = {
  title: '配信を止める・休む',
  choices: {
    child: 'この子の分を止める',
    family: 'この子の分を止める(ご家族みなさんの分)',
    own: 'この子の、自分の分だけ止める',
    rest: 'しばらく休む',
    all: 'ぜんぶ止める',
  },
  /** Which child, by the order of the children alone. */
  which: {
    only: 'この子',
    younger: '下のお子さん',
    older: '上のお子さん',
    youngest: 'いちばん下のお子さん',
    oldest: 'いちばん上のお子さん',
    fromOldest: (place: number) => `上から ${place} 番めのお子さん`,
  },
  ask: {
    child: 'この子の配信を止めます。',
    family: 'この子の配信を、ご家族みなさんの分も止めます。',
    own: 'この子の配信を、あなたの分だけ止めます。',
    all: 'あなたへの配信を、すべて止めます。',
    mail: 'メールの配信を止めます。',
  },
  askTown: (town: string) => `${town}からの配信を、すべて止めます。`,
  stop: '止める',
  stopped: '止めました。',
  notTheirs: 'この子の配信は、あなたには届いていません。',
  own: '登録の内容を見る',

  undoList: '止めた配信を元にもどす',
  undo: '元にもどす',
  undoHint: '止めてから 7 日のあいだ、もどせます。',
  undoOf: (day: string, what: string) => `${day}に止めた${what}を元にもどす`,
  stops: {
    child: 'お子さんの配信',
    own: 'お子さんの、自分の分の配信',
    all: '自分へのすべての配信',
    mail: 'メールの配信',
  },
  undone: '元にもどしました。',
  off: '配信は止まっています。',
  nothing: 'いま届く配信はありません。',
  again: 'もう一度登録できます。',
  register: '登録のページ',

  rest: {
    question: 'いつまで休みますか',
    notLater: '休むあいだの文は、あとから届くことはありません。',
    lengths: { week: '1 週間', month: '30 日', season: '90 日' },
    length: (length: string, day: string) => `${length}(${day}から、また届く)`,
    back: '自分で再開するまで',
    day: '日を決める',
    dayField: '日を決めるとき: また届きはじめる日',
    wrongDay: '明日から 1 年以内の日を入れてください。',
    go: '休む',
    until: (day: string) => `休んでいます。${day}から、また届きます。`,
    open: '休んでいます。再開するまで、何も届きません。',
    none: 'いまは休んでいません。',
    comeBack: 'いますぐ再開する',
  },

  /**
   * What there is after a loss too, without a word of one: read by choice, pushed nowhere. A
   * sample, until a reviewed manuscript of the CMS takes its place: this is what moves there.
   *
   * Sources, read 2026-11-28:
   * https://www.city.uji.kyoto.jp/soshiki/84/89834.html (check-up, care, handbook),
   * https://www.town.fuchu.hiroshima.jp/site/kosodate/43783.html (the same, another town),
   * https://www.city.shimabara.lg.jp/page20277.html (the benefit and its two years),
   * https://www.tokyokoukenpo.or.jp/asp/faq/faq.asp?articleid=5138 (the lump sum from day 85)
   */
  support: {
    title: '手続きや相談先',
    about: '妊娠や出産がどのような経過でも使えるものです(見本の文です)。',
    items: [
      {
        name: '産婦健康診査',
        sentence:
          'お母さんのからだの健診です。受診券を使えるかは、窓口か医療機関で確かめられます。',
      },
      {
        name: '産後ケア',
        sentence: '助産師などが、からだとこころの相談にのります。使い方は窓口で聞けます。',
      },
      {
        name: '妊婦支援給付金',
        sentence: '医療機関で妊娠が確認された方が対象です。申請は 2 年以内です。',
      },
      {
        name: '出産育児一時金・産後の休業',
        sentence:
          '妊娠 85 日(4 か月)からの出産が対象です。加入している健康保険や勤め先で聞けます。',
      },
      { name: '母子健康手帳', sentence: '返す必要はありません。' },
    ],
    noReason: 'どれも、理由を話さずに聞けます。お話だけでもかまいません。',
  },
}
