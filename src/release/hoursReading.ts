const DAYS: readonly (readonly [sign: string, kana: string])[] = [
  ['月', 'げつ'],
  ['火', 'か'],
  ['水', 'すい'],
  ['木', 'もく'],
  ['金', 'きん'],
  ['土', 'ど'],
  ['日', 'にち'],
]

/** The words that hours are written with, each before the shorter ones it begins with. */
const READINGS: ReadonlyMap<string, string> = new Map([
  ['年末年始', '年末年始(ねんまつねんし)'],
  ['土日祝日', '土日祝日(どにちしゅくじつ)'],
  ['土日祝', '土日祝(どにちしゅく)'],
  ['土日', '土日(どにち)'],
  ['祝休日', '祝休日(しゅくきゅうじつ)'],
  ['祝日', '祝日(しゅくじつ)'],
  ['休日', '休日(きゅうじつ)'],
  ['平日', '平日(へいじつ)'],
  ['毎日', '毎日(まいにち)'],
  ['毎週', '毎週(まいしゅう)'],
  ['開庁日', '開庁日(かいちょうび)'],
  ['閉庁日', '閉庁日(へいちょうび)'],
  ['時間', '時間(じかん)'],
  ['午前', '午前(ごぜん)'],
  ['午後', '午後(ごご)'],
  ['正午', '正午(しょうご)'],
  ['昼', '昼(ひる)'],
  ['除', '除(のぞ)'],
  ['休', '休(やす)'],
  ['第', '第(だい)'],
  ['時', '時(じ)'],
  ['分', '分(ふん)'],
  ...DAYS.flatMap(([sign, kana]): [string, string][] => [
    [`${sign}曜日`, `${sign}曜日(${kana}ようび)`],
    [`${sign}曜`, `${sign}曜(${kana}よう)`],
    [sign, `${sign}(${kana})`],
  ]),
])

/** Behind a number: 12月29日, 30分. */
const COUNTED: Readonly<Record<string, string>> = {
  月: '月(がつ)',
  日: '日(にち)',
  分: '分(ぷん)',
}

const WORD = new RegExp(
  `(?<counted>(?<=\\p{Nd})[月日]|(?<=[013468])分)|(?:${[...READINGS.keys()].join('|')})(?!\\([ぁ-ゖ]+\\))`,
  'gu',
)

/**
 * Hours as a municipality writes them, 「平日 8:30〜17:15」, with the readings of the words that hours
 * are written with; one that has its reading keeps it, what is not known stays as it is. *Pure.*
 */
export function readHours(hours: string): string {
  return hours.replace(WORD, (word, counted?: string) =>
    counted === undefined ? (READINGS.get(word) ?? word) : (COUNTED[counted] ?? word),
  )
}
