import { readHours } from '../../../../src/release/hoursReading'

import type { Words } from '../standard'

import { read } from './reading'

/** Around every page. */
export const page: Words['page'] = {
  languages: 'ページの 日本語(にほんご)',
  phone: (number) => `電話(でんわ) ${number}`,
  hours: readHours,
  site: 'ホームページ',
}

/** Of every form. */
export const form: Words['form'] = {
  next: '次(つぎ)へ',
  back: '前(まえ)に もどる',
  change: '変(か)える',
  copy: '自分(じぶん)で 送(おく)る 人(ひと)は、この 文(ぶん)を コピーしてください。',
  changeOf: (term) => `${term}を 変(か)える`,
  errors: '入(い)れたものを 見(み)てください',
  errorTitle: (heading) => `エラー: ${heading}`,
  ended: '続(つづ)きの ページは ありません',
  endedWhy: [
    '入(い)れたものは 1時間(じかん)で 消(き)えます。',
    '同(おな)じ ブラウザだけで 続(つづ)きを 開(あ)けることが できます。',
    'もう 1回(かい)、はじめから 入(い)れてください。まだ 登録(とうろく)していません。',
  ],
  beginAgain: 'はじめから 入(い)れる',
}

/** Asking for a date, and saying one back. */
export const date: Words['date'] = {
  dueDate: '赤(あか)ちゃんが 生(う)まれる 予定(よてい)の 日(ひ)',
  birthDate: '誕生日(たんじょうび)',
  either: '生(う)まれる 予定(よてい)の 日(ひ)か 誕生日(たんじょうび)',
  year: '年(ねん)',
  month: '月(がつ)',
  day: '日(にち)',
  era: '年(ねん)の 書(か)き方(かた)',
  eras: { '': '西暦(せいれき)', R: '令和(れいわ)', H: '平成(へいせい)' },
  eraHint: (first, second) => `令和(れいわ)の 年(とし)でも いいです。${first}です。${second}です。`,
  eraYear: (era, year) => `令和(れいわ)${era}年(ねん)は ${year}年(ねん)`,
  empty: {
    dueDate: '赤(あか)ちゃんが 生(う)まれる 予定(よてい)の 日(ひ)を 入(い)れてください。',
    birthDate: '誕生日(たんじょうび)を 入(い)れてください。',
  },
  three: '年(ねん)と 月(がつ)と 日(にち)の 3つの 数字(すうじ)を 入(い)れてください。',
  apart: '日(ひ)が 2つ 入(はい)っています。1つだけ 入(い)れてください。',
  weekday: '日(ひ)と 曜日(ようび)が 合(あ)いません。もう 1回(かい) 見(み)てください。',
  badYear: '年(ねん)は 2027や 令和(れいわ)9の ように 入(い)れてください。',
  badMonth: '月(がつ)は 1から 12の 数字(すうじ)を 入(い)れてください。',
  badDay: '日(にち)は 1から 31の 数字(すうじ)を 入(い)れてください。',
  noSuchDay: (day) => `${read(day)}という 日(ひ)は ありません。`,
  dueTooFar:
    '生(う)まれる 予定(よてい)の 日(ひ)が 遠(とお)すぎます。9か月(げつ)より 近(ちか)い日(ひ)を 入(い)れてください。',
  duePast: {
    either:
      '生(う)まれる 予定(よてい)の 日(ひ)は もう 終(お)わりました。生(う)まれた 人(ひと)は「もう 生(う)まれた」を 選(えら)んで ください。',
    due: '生(う)まれる 予定(よてい)の 日(ひ)は もう 終(お)わりました。生(う)まれた 人(ひと)は「登録(とうろく)の 内容(ないよう)」の ページで 教(おし)えてください。',
    birth:
      '生(う)まれる 予定(よてい)の 日(ひ)は もう 終(お)わりました。日(ひ)を もう 1回(かい) 見(み)てください。',
  },
  birthInFuture: {
    either:
      '誕生日(たんじょうび)が 今日(きょう)より あとの日(ひ)です。まだ おなかに いる 人(ひと)は「おなかに いる」を 選(えら)んで ください。',
    due: '誕生日(たんじょうび)が 今日(きょう)より あとの日(ひ)です。日(ひ)を もう 1回(かい) 見(み)てください。',
    birth:
      '誕生日(たんじょうび)が 今日(きょう)より あとの日(ひ)です。生(う)まれてから 入(い)れてください。',
  },
  birthTooLongAgo:
    '誕生日(たんじょうび)が 古(ふる)すぎます。年(ねん)を もう 1回(かい) 見(み)てください。',
  weeksEmpty: '何週(なんしゅう)かを 入(い)れてください。',
  weeksBad: '週(しゅう)は 0から 42の 数字(すうじ)を 入(い)れてください。',
  daysBad: '日(にち)は 0から 6の 数字(すうじ)を 入(い)れてください。',
}

/** A child, where only one thing of it is known. */
export const child: Words['child'] = {
  today: (stage) => `今日(きょう)は ${stage}です。`,
  dueOn: (day) => `生(う)まれる 予定(よてい)の 日(ひ)は ${day}です。`,
}

/** How a reader is related to a child. */
export const relations: Words['relations'] = {
  mother: 'お母(かあ)さん',
  father: 'お父(とう)さん',
  grandparent: 'おじいさん・おばあさん',
  other: 'ほかの 人(ひと)',
}

/** What texts come by. */
export const channels: Words['channels'] = { line: 'LINE', mail: 'メール' }

/** Choosing what texts come by. */
export const channelChoices: Words['channelChoices'] = {
  line: 'LINEで もらう',
  mail: 'メールで もらう',
}
