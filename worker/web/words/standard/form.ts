/** Around every page. */
export const page = {
  languages: 'ページの日本語',
  phone: (number: string) => `電話 ${number}`,
  /** Hours as a town writes them. */
  hours: (hours: string) => hours,
  site: 'ホームページ',
}

/** Of every form. */
export const form = {
  next: '次へ',
  back: 'もどる',
  change: '変更',
  copy: 'ご自分で送るときは、この文を写してください。',
  changeOf: (term: string) => `${term}を変更`,
  errors: '入力を確かめてください',
  errorTitle: (heading: string) => `エラー: ${heading}`,
  ended: '入力の続きは開けません',
  endedWhy: [
    '入れていただいた内容は 1 時間で消えます。また、入れはじめたのと同じブラウザでだけ開けます。',
    'お手数ですが、はじめから入れてください。まだ何も登録されていません。',
  ],
  beginAgain: 'はじめから入れる',
}

/** Asking for a date, and saying one back. */
export const date = {
  dueDate: '出産予定日',
  birthDate: '誕生日',
  either: '出産予定日または誕生日',
  year: '年',
  month: '月',
  day: '日',
  era: '年の書き方',
  eras: { '': '西暦', R: '令和', H: '平成' },
  eraHint: (first: string, second: string) =>
    `年は西暦でも令和でも入れられます(${first}、${second}です)。`,
  eraYear: (era: number, year: number) => `令和 ${era} 年は ${year} 年`,
  empty: { dueDate: '出産予定日を入れてください。', birthDate: '誕生日を入れてください。' },
  three: '年・月・日の 3 つとも、数字で入れてください。',
  apart: '日付が 2 とおり入っています。年・月・日の欄に、1 つずつ入れてください。',
  weekday: '日付と曜日が合いません。確かめてください。',
  badYear: '年は西暦 4 けた(例: 2027)か、令和9 のように入れてください。',
  badMonth: '月は 1 から 12 の数字で入れてください。',
  badDay: '日は 1 から 31 の数字で入れてください。',
  noSuchDay: (day: string, why: string) => `${day}という日はありません。${why}`,
  dueTooFar: '出産予定日が先すぎます。今日から約 9 か月以内の日を入れてください。',
  duePast: {
    either:
      '出産予定日を過ぎています。生まれている場合は「生まれている」を選び、誕生日を入れてください。',
    due: '出産予定日を過ぎています。生まれている場合は、「登録の内容」のページの「生まれたことを知らせる」から、誕生日を入れてください。',
    birth: '出産予定日を過ぎています。日付を確かめてください。',
  },
  birthInFuture: {
    either:
      '誕生日がこれからの日になっています。妊娠中の場合は「妊娠中」を選び、出産予定日を入れてください。',
    due: '誕生日がこれからの日になっています。日付を確かめてください。',
    birth: '誕生日がこれからの日になっています。生まれてから入れてください。',
  },
  birthTooLongAgo: '誕生日が昔すぎます。年を確かめてください。',
  weeksEmpty: '妊娠の週数を入れてください。',
  weeksBad: '週数は 0 から 42 の数字で入れてください。',
  daysBad: '日数は 0 から 6 の数字で入れてください。',
}

/** A child, where only one thing of it is known. */
export const child = {
  today: (stage: string) => `今日は${stage}です。`,
  dueOn: (day: string) => `出産予定日は${day}です。`,
}

/** How a reader is related to a child. */
export const relations = { mother: '母', father: '父', grandparent: '祖父母', other: 'その他' }

/** What texts come by. */
export const channels = { line: 'LINE', mail: 'メール' }

/** Choosing what texts come by. */
export const channelChoices = { line: 'LINE で受け取る', mail: 'メールで受け取る' }
