/** Dates on a reader's own page: asked, said back, and which child they mean. */
export const dates = {
  fixDue: '出産予定日をなおす',
  fixBirth: '誕生日をなおす',
  askBirth: '誕生日を教えてください',
  knownDue: (day: string) => `登録されている出産予定日は ${day} です。`,
  knownBirth: (day: string) => `登録されている誕生日は ${day} です。`,
  check: '日付を確かめてください。',
  save: 'この日付で保存する',
  edit: '入れなおす',
  /** To who has moved: of the family in the other town nothing is told, whoever of it is left. */
  formerTown:
    '引っ越す前の自治体で受け取っているご家族の分は変わらないので、ご家族の「登録の内容」からも入れてください。',
  corrected: '出産予定日から数えた月齢(修正月齢)で受け取る',
  correctedWhy:
    '予定日より早く生まれたお子さんは、出産予定日から数えた月齢で受け取ることもできます。予防接種などの案内は、誕生日から数えます。',
  age: '月齢の数え方を選ぶ',
  ageOwn: 'あなたに届く文だけが変わります。お子さんの日付や、ほかのご家族の文は変わりません。',
  takenFor: {
    birthDate: (dueDate: string) =>
      `登録済みのお子さん(出産予定日 ${dueDate})の誕生日として保存します。`,
    dueDate: (dueDate: string) =>
      `登録済みのお子さん(出産予定日 ${dueDate})の新しい出産予定日として保存します。`,
  },
  another: 'べつのお子さんとして登録する',
  again: '日付を入れなおす',

  twin: {
    title: (term: string) => `同じ${term}のお子さんが、もう登録されています`,
    question: 'ふたご(みつご)のお子さんですか。',
    yes: 'はい。もうひとり登録する',
    no: 'いいえ、同じお子さんです',
  },
  correction: {
    title: '登録済みのお子さんのことですか',
    near: '登録済みのお子さんと近い日付です。日付を直しますか。べつのお子さんですか。',
    like: '登録済みのお子さんとよく似た日付です。日付を直しますか。べつのお子さんですか。',
    known: (term: string) => `登録済みのお子さんの${term}`,
    typed: (term: string) => `いま入れた${term}`,
    fix: '登録済みのお子さんの日付を直す',
    takeAs: (term: string) => `このお子さんの${term}として登録する`,
  },
  refused: {
    title: '日付を確かめてください',
    why: (term: string, known: string, typed: string) =>
      `登録されている${term}は ${known}、いま入れた日付は ${typed} です。`,
    stop: '登録されている子の配信を止める',
  },
}
