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
    numbered: (place: number) => `「登録の内容」で ${place} 番めのお子さん`,
  },
  ask: {
    child: 'この子の配信を止めます。',
    family: 'この子の配信を、ご家族みなさんの分も止めます。',
    own: 'この子の配信を、あなたの分だけ止めます。',
    all: 'あなたへの配信を、すべて止めます。',
  },
  askTown: (town: string) => `${town}からの配信を、すべて止めます。`,
  /** Where only mail ends, because texts come to LINE too. */
  askMail: 'メールの配信を止めます。LINE には、これからも届きます。',
  mailStopped: 'メールの配信を止めました。LINE には、これからも届きます。',
  mailOff: 'メールの配信は止まっています。LINE には、これからも届きます。',
  /** Where somebody else gets the texts of the same child. */
  onlyYou: 'あなたの分だけが止まります。ご家族には、そのまま届きます。',
  stop: '止める',
  stopped: '止めました。',
  notTheirs: 'この子の配信は、あなたには届いていません。',
  own: '登録の内容を見る',

  undoList: '止めた配信を元にもどす',
  undo: '元にもどす',
  undoHint: 'もどすと、配信が届きます。止めてから 7 日のあいだ、もどせます。',
  undoOf: (day: string, what: string) => `${day}に止めた${what}を元にもどす`,
  stops: {
    child: 'お子さんの配信',
    own: 'お子さんの、自分の分の配信',
    all: '自分へのすべての配信',
    mail: 'メールの配信',
  },
  undone: '元にもどしました。',
  off: '配信は止まっています。',
  /** To whom holds a link of a reader of whom nothing is left. */
  gone: 'もう何も届きません。',
  goneWhy:
    'このリンクで受け取っていた登録は、終わっています。まだ届く文があるときは、その文のいちばん下から止められます。',
  nothing: 'いま届く配信はありません。',
  again: 'もう一度登録できます。',
  register: '登録のページ',
  /** The way to register a child, in words that do not speak of one. */
  wishAgain: 'また受け取りたいとき',

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
    byOwnPage: '再開するときは、「登録の内容」のページからできます。',
    comeBack: 'いますぐ再開する',
  },
}
