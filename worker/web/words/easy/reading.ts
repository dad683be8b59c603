const WEEKDAYS: Readonly<Record<string, string>> = {
  日: '日曜日(にちようび)',
  月: '月曜日(げつようび)',
  火: '火曜日(かようび)',
  水: '水曜日(すいようび)',
  木: '木曜日(もくようび)',
  金: '金曜日(きんようび)',
  土: '土曜日(どようび)',
}

const READINGS: Readonly<Record<string, string>> = {
  引き継ぎのお知らせ: '新(あたら)しい しくみの お知(し)らせ',
  妊娠: '妊娠(にんしん)',
  予定日: '予定日(よていび)',
  生後: '生(う)まれてから ',
  誕生前: '生(う)まれる 前(まえ)',
  より前: 'より 前(まえ)',
  か月: 'か月(げつ)',
  歳: '歳(さい)',
  年: '年(ねん)',
  月: '月(がつ)',
  週: '週(しゅう)',
  日: '日(にち)',
}

const PART = new RegExp(Object.keys(READINGS).join('|'), 'g')

/** A date or stage with the readings of its few kanji, its parts written apart. *Pure.* */
export function read(label: string): string {
  const [, rest = '', weekday] = /^(.*?)(?:\((.)\))?$/.exec(label) ?? []
  const day = rest.replace(PART, (part) => READINGS[part] ?? part).replace(/\)(?=\d)/g, ') ')
  return weekday ? `${day} ${WEEKDAYS[weekday] ?? ''}` : day
}
