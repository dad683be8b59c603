/** How a reader's texts come: notifications and what else may be wished. */
export const wishes = {
  hour: {
    term: '届く時刻',
    question: '文が届く時刻を選んでください',
    hint: '選んだ時刻から順に届きます。きょうの文がまだのときは、前の時刻に届くことがあります。あすからは、選んだ時刻です。',
    own: (hour: string) => `${hour} ごろ(いつもの時刻)`,
    at: (hour: string) => `${hour} ごろ`,
    withdrawn: (hour: string, own: string) =>
      `${own} ごろ(前に選んだ ${hour} は、いまは選べません)`,
  },
  notice: {
    term: '通知に出す内容',
    question: '通知に、文の内容を出しますか',
    hint: (headline: string) =>
      `スマートフォンの通知は、ほかの人の目にも入ります。出さないときは「${headline}」とだけ出ます。開くと、いつもどおり読めます。`,
    /** Of who has not chosen, by what holds now. */
    own: {
      shown: 'おまかせ(いまは、出します)',
      discreet: 'おまかせ(いまは、出しません。妊娠 12 週からは、出します)',
      mixed: 'おまかせ(妊娠 12 週より前のお子さんの文だけ、出しません)',
    },
    choices: {
      shown: '出す',
      discreet: '出さない',
    },
  },
  themes: {
    term: '届けない話題',
    question: '届けない話題を選んでください',
    hint: 'いくつでも選べます。選ばなくてもかまいません。健診・予防接種・制度・安全のお知らせは、いつも届きます。',
    none: 'なし',
    names: {
      newYear: 'お正月',
      mothersDay: '母の日',
      childrensDay: 'こどもの日・ひなまつり',
      fathersDay: '父の日',
      respectDay: '敬老の日',
      christmas: 'クリスマス',
      books: '絵本',
      events: '地域の行事',
      surveys: 'アンケート',
    },
  },
}
