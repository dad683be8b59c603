import type { MailAddressFault } from '../../../../src/release/mailAddress'

/** The questions of a registration. */
export const registration = {
  step: (position: number, count: number) => `登録 ${position} / ${count}`,
  channel: 'どちらで受け取りますか',
  channelOnlyMail: 'どのメールアドレスで受け取りますか',
  date: 'お子さんについて',
  count: '何人のお子さんですか',
  relation: 'お子さんから見て、あなたは',
  edition: '文章の書き方を選んでください',
  area: 'お住まいの地区はどこですか',
  confirm: 'この内容で登録しますか',
  about:
    '妊娠中から小学校入学のころまで、お子さんの時期に合わせた情報を無料でお届けします。いつでも止められます。',
  mail: 'メールアドレス',
  mailHint: '確認のメールを送ります。例: hanako@example.jp',
  child: 'お子さんは',
  anchors: {
    dueDate: '妊娠中',
    birthDate: '生まれている',
    weeks: '妊娠中で、いまの週数がわかる',
    unknown: 'まだわからない',
  },
  dateHint: '妊娠中の方は母子健康手帳の出産予定日、生まれている方は誕生日を入れてください。',
  weeksNow: 'いまの週数',
  weeksHint: '出産予定日に直して、次の画面でお見せします。',
  pregnant: '妊娠',
  weeks: '週',
  days: '日(わかれば)',
  countHint: '同じ日付のお子さんの人数です。何人でも、文は 1 通にまとめて届きます。',
  counts: { 1: '1人', 2: '2人(ふたご)', 3: '3人(みつご)', 4: '4人(よつご)' },
  editionHint: '「やさしい日本語」を選んでも、ふつうの日本語で届く文があります。',
  areaHint: '地区のお知らせに使います。',
  noArea: '選ばない',
  foundBy: 'この配信をどこで知りましたか',
  foundByHint: '答えなくても登録できます。どこで知った方が何人かを数えます。',
  noAnswer: '答えない',
  occasions: {
    handbook: '母子健康手帳をもらったとき',
    obstetrics: '産科・助産院',
    pediatrics: '小児科',
    checkup: '乳幼児健診',
    plaza: '子育てひろば',
    nursery: '保育園・幼稚園',
    newsletter: '広報紙',
    website: '市区町村のサイト',
    'moving-in': '転入の窓口',
    acquaintance: '家族や知り合いから',
    other: 'その他',
  },
  consent: '読んで、同意します',
  submit: 'この内容で登録する',
  answers: {
    date: 'お子さん',
    count: 'お子さんの人数',
    channel: '受け取り方',
    relation: 'お子さんから見て',
    edition: '文章の書き方',
    area: 'お住まいの地区',
  },
  chooseChannel: '受け取り方を選んでください。',
  chooseAnchor: 'お子さんについて、あてはまるものを選んでください。',
  chooseCount: 'お子さんの人数を選んでください。',
  chooseRelation: 'お子さんとの続柄を選んでください。',
  chooseEdition: '読みやすい書き方を選んでください。',
  chooseArea: 'お住まいの地区を選んでください。',
  agree: '取り扱いを読んで、同意する場合は印をつけてください。',
  mailRefused: 'このメールアドレスには送れませんでした。入れまちがいがないか確かめてください。',
  mailLater: 'いまメールを送れません。数分あとで、もう一度「次へ」を押してください。',
  /** What is wrong with an address; `message` is the rule's own sentence. */
  mailFault: (_: MailAddressFault, message: string) => message,
}

/** What a reader consents to. */
export const consent = {
  heading: '個人情報の取り扱い',
  points: (town: string, keptDays: number): string[] => [
    `${town}が、お子さんの時期に合わせた情報を届けるために使います。ほかの目的には使いません。`,
    '登録で伺うのは、連絡先、出産予定日または誕生日、お子さんの人数、続柄、文章の書き方、地区、どこで知ったか(答えなくてもかまいません)だけです。お名前は伺いません。',
    '連絡先は暗号化して保管します。',
    '配信はいつでも、理由なしで止められます。',
    `止めてから(止めないときは、お子さんが 9 歳を過ぎてから)${keptDays} 日で、連絡先と送った記録を消します。止めた印だけは、まちがって届くことのないように、だれのものか読めない形で、お子さんの日付といっしょに、お子さんが 9 歳を過ぎるころまで残します。`,
  ],
}

/** What there is to expect, as planning says. */
export const outlook = {
  today: 'きょうの文があります。このあと届きます。',
  todayAt: (hour: string) => `きょうの文があります。${hour} ごろから順に届く予定です。`,
  next: (day: string, hour: string) => `次の文は、${day}の ${hour} ごろから順に届く予定です。`,
  afterBirth: (town: string) => [
    `${town}には、いまの妊娠の時期の文がありません。`,
    'お子さんが生まれたら、「登録の内容」のページで知らせてください。そのあとの時期の文が届きます。',
  ],
  none: (town: string) =>
    `${town}には、このお子さんのこれからの時期の文がありません。このままでは、文は届きません。`,
  otherEdition: (edition: string) => `文章の書き方で「${edition}」を選ぶと届きます。`,
}
