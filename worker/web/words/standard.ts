import type { MailAddressFault } from '../../../src/release/mailAddress'
import { dayLabel } from '../../../src/stage/japaneseDate'
import type { LocalDay } from '../../../src/stage/day'

/**
 * The words of the readers' pages and letters in standard Japanese: the catalogue that those of all
 * other languages have the shape of. A sentence with values is a function.
 */
export const standard = {
  /** Of the `lang` attribute (BCP 47). */
  lang: 'ja',
  /** The language's own name, on the button that leads to it. */
  name: '標準の日本語',
  /** Whether spaces stand between the words, where alone a line may end. */
  isSpaced: false,
  day: (day: LocalDay) => dayLabel(day),
  /** A stage as `stageAt` labels it: 妊娠24週3日, 1歳6か月. */
  stage: (label: string) => label,
  /** 9:00 */
  hour: (time: string) => time,

  /** Editions by code, where the language calls them otherwise than the labels of the product. */
  editions: {} as Readonly<Record<string, string>>,

  page: {
    languages: 'ページの日本語',
    phone: (number: string) => `電話 ${number}`,
    site: 'ホームページ',
  },

  form: {
    next: '次へ',
    back: 'もどる',
    change: '変更',
    changeOf: (term: string) => `${term}を変更`,
    errors: '入力を確かめてください',
    errorTitle: (heading: string) => `エラー: ${heading}`,
    ended: '入力の続きは開けません',
    endedWhy: [
      '入れていただいた内容は 1 時間で消えます。また、入れはじめたのと同じブラウザでだけ開けます。',
      'お手数ですが、はじめから入れてください。まだ何も登録されていません。',
    ],
    beginAgain: 'はじめから入れる',
  },

  date: {
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
  },

  child: {
    today: (stage: string) => `今日は${stage}です。`,
    dueOn: (day: string) => `出産予定日は${day}です。`,
  },

  relations: { mother: '母', father: '父', grandparent: '祖父母', other: 'その他' },
  channels: { line: 'LINE', mail: 'メール' },
  channelChoices: { line: 'LINE で受け取る', mail: 'メールで受け取る' },

  registration: {
    step: (position: number, count: number) => `登録 ${position} / ${count}`,
    channel: 'どちらで受け取りますか',
    channelOnlyMail: 'どのメールアドレスで受け取りますか',
    date: 'お子さんについて',
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
    areaHint: '地区のお知らせに使います。',
    noArea: '選ばない',
    consent: '読んで、同意します',
    submit: 'この内容で登録する',
    answers: {
      date: 'お子さん',
      channel: '受け取り方',
      relation: 'お子さんから見て',
      edition: '文章の書き方',
      area: 'お住まいの地区',
    },
    chooseChannel: '受け取り方を選んでください。',
    chooseAnchor: '「妊娠中」か「生まれている」を選んでください。',
    chooseRelation: 'お子さんとの続柄を選んでください。',
    chooseEdition: '読みやすい書き方を選んでください。',
    chooseArea: 'お住まいの地区を選んでください。',
    agree: '取り扱いを読んで、同意する場合は印をつけてください。',
    mailRefused: 'このメールアドレスには送れませんでした。入れまちがいがないか確かめてください。',
    mailLater: 'いまメールを送れません。数分あとで、もう一度「次へ」を押してください。',
    /** What is wrong with an address; `message` is the rule's own sentence. */
    mailFault: (_: MailAddressFault, message: string) => message,
  },

  consent: {
    heading: '個人情報の取り扱い',
    points: (town: string, keptDays: number): string[] => [
      `${town}が、お子さんの時期に合わせた情報を届けるために使います。ほかの目的には使いません。`,
      'お預かりするのは、連絡先、出産予定日または誕生日、続柄、選んだ版と地区だけです。お名前は伺いません。',
      '連絡先は暗号化して保管します。',
      '配信はいつでも、理由なしで止められます。',
      `止めてから(止めないときは、お子さんが 9 歳を過ぎてから)${keptDays} 日で、連絡先と送った記録を消します。止めた印だけは、まちがって届くことのないように、だれのものか読めない形で、お子さんの日付といっしょに、お子さんが 9 歳を過ぎるころまで残します。`,
    ],
  },

  outlook: {
    today: 'きょうの文があります。このあと届きます。',
    next: (day: string, hour: string) => `次の文は、${day}の ${hour} ごろから順に届く予定です。`,
    afterBirth: (town: string) => [
      `${town}には、いまの妊娠の時期の文がありません。`,
      'お子さんが生まれたら、「登録の内容」のページで知らせてください。そのあとの時期の文が届きます。',
    ],
    none: (town: string) =>
      `${town}には、このお子さんのこれからの時期の文がありません。登録しても、文は届きません。`,
    otherEdition: (edition: string) => `文章の書き方で「${edition}」を選ぶと届きます。`,
  },

  ends: {
    choose: 'お住まいの自治体を選んでください',
    unknown: '出産予定日がわかってから登録できます',
    unknownWhy: [
      '出産予定日は、産婦人科の健診で教えてもらえます。母子健康手帳にも書かれます。',
      '妊娠の週数がわかるときは、いまの週数でも登録できます。',
      'わかったら、いつでもこのページからどうぞ。まだ何も登録していません。',
      '体のことや受診について聞きたいことがあるときは、下の窓口にご相談ください。',
    ],
    unknownBack: '日付か週数を入れる',
    nothing: 'いま、お届けできる文がありません',
    nothingWhy: (town: string) => [
      `${town}には、このお子さんのこれからの時期の文がありません。登録はしていません。`,
      '日付がちがうときは、入れなおしてください。ほかのことは、下の窓口におたずねください。',
    ],
    nothingBack: '日付を入れなおす',
    invitation: {
      title: 'このリンクは終わりました',
      why: 'ご家族から届いたリンクは、しばらくすると終わります。ご自分で登録することもできます。',
      own: 'ご自分で登録する',
      others: 'そのほかのことは、リンクを送ったご家族におたずねください。',
    },

    done: '登録しました',
    doneNothing: '登録しましたが、いま届く文はありません',
    doneThen: 'それからは、お子さんの時期に合わせてお届けします。',
    doneHelp: '日付や書き方は、あとから変えられます。くわしくは、下の窓口におたずねください。',
    doneAnswers: '登録した内容',
    doneNext: 'このあとできること',
    doneOpen: '登録の内容を開く',
    doneOpenWhy:
      'ご家族を招く、お子さんを追加する、内容を変える、配信を止める。どれも「登録の内容」のページでできます。',
    doneLater: 'このページは、届いたメールの下のリンクからも開けます。',
    doneClose: 'ほかになければ、このページは閉じてかまいません。',
    formerTowns: '引っ越した方へ',
    formerTown: (town: string) => `${town}からの配信も続いています。止める`,

    later: '登録のあとのページです',
    laterWhy:
      'このページに出ていた内容は、登録したブラウザでだけ、1 時間見られます。このページを開いただけでは、登録されません。',
    laterCheck: '登録できているかを、メールで確かめる',
    register: '登録する',

    known: 'このお子さんは、もう登録されています',
    knownWhy: '同じお子さんが登録されているので、追加していません。',
    ownPage: '登録の内容を見る・変える',

    asked: 'LINE のトークで確認してください',
    askedWhy: [
      'まだ登録は終わっていません。トークに届く確認で「登録する」を押すと、登録が終わります。確認は 24 時間使えます。',
      '届かないときは、トークで「登録」と送ってください。もう一度お送りします。',
    ],

    used: 'このリンクは、もう使われています',
    usedWhy: [
      'リンクで登録できるのは 1 回だけです。登録の確認は、LINE のトークに届いています。',
      'もう一度登録するには、トークで「登録」と送ってください。新しいリンクが届きます。',
    ],

    sent: '確認のメールを送りました',
    sentAgain: 'もう一度送りました。数分お待ちください。',
    sentTo: '送り先',
    sentWhy: [
      'まだ登録は終わっていません。メールの中のボタンを押すと、登録が終わります。ボタンは 24 時間使えます。',
    ],
    sentMissing: '届かないとき',
    sentFolder: '迷惑メールのフォルダーを見てください。',
    sentAllow: (domain: string) =>
      `携帯電話のメールでは、「${domain}」からのメールを受け取る設定をしてください。`,
    sentCarriers: '設定のしかた(携帯電話の会社別)',
    /**
     * The names of the settings as the carriers have them; their menus change, these words stay.
     * https://www.docomo.ne.jp/info/spam_mail/ https://www.au.com/support/service/mobile/trouble/mail/email/filter/
     * https://www.softbank.jp/mobile/support/mail/antispam/ https://network.mobile.rakuten.co.jp/service/raku-mail/
     */
    carriers: [
      {
        name: 'ドコモ',
        steps:
          '「My docomo」のメール設定で、「受信リスト/拒否リスト設定」の受信するメールに入れます。',
      },
      {
        name: 'au・UQ mobile',
        steps: '「迷惑メールフィルター」の「受信リストに登録」に入れます。',
      },
      {
        name: 'ソフトバンク・ワイモバイル',
        steps:
          '「My SoftBank」「My Y!mobile」の「メール設定」から「迷惑メール対策」を開き、「受信許可リスト」に入れます。',
      },
      {
        name: '楽天モバイル(楽メール)',
        steps: '楽メールの迷惑メールの設定で、受信を許可するドメインに入れます。',
      },
    ],
    sendAgain: 'もう一度送る',
    anotherAddress: 'アドレスを入れなおす',
  },

  /** How to register on LINE. */
  friend: {
    title: 'LINE で登録する',
    add: (sender: string) => `${sender} を LINE の友だちに追加してください。`,
    button: '友だちに追加する',
    steps: {
      all: '追加すると、トークに登録のリンクが届きます。リンクを開いて、日付などを入れると登録できます。',
      own: '追加したら、トークで「登録」と送ってください。登録のリンクが届きます。リンクを開いて、日付などを入れると登録できます。',
      none: 'このアカウントでの登録の方法は、自治体の案内をご覧ください。',
    },
    share:
      '追加したら、トークで次の文をそのまま送ってください。ご家族と同じお子さんの登録のリンクが届きます。',
    shareButton: '追加したら、文を送る',
  },

  /** What LINE is asked about who opens a link. */
  login: {
    title: 'LINE で本人を確かめます',
    why: [
      'このリンクは、LINE のトークで受け取った方だけが使えます。ボタンを押すと LINE に移り、確かめたあとに登録を始めます。',
      '受け取るのは LINE での番号(ユーザー ID)だけです。名前や写真は受け取りません。',
    ],
    button: 'LINE で確かめて進む',
    untouched: '何も表示していません。何も変えていません。',
    failed: 'LINE で確かめられませんでした',
    failedAgain: 'もう一度お試しください。LINE のパスワードなどを入れる画面が出ることがあります。',
    failedElsewhere:
      'LINE のアプリとほかのブラウザのあいだを移ると、続きから進めません。リンクを、はじめに開いたブラウザでもう一度開いてください。',
    again: 'もう一度 LINE で確かめる',
    newLink:
      'LINE のトークで「登録の内容」(まだ登録していない方は「登録」)と送ると、新しいリンクが届きます。',
    unavailable: 'いま、LINE に確かめられません',
    unavailableWhy: '数分あとで、リンクをもう一度開いてください。リンクは、まだ使えます。',
    notYours: 'このリンクは、ほかの方に届いたものです',
    notYoursWhy: [
      'LINE で確かめた方と、リンクを受け取った方が違います。何も表示していません。何も変えていません。',
      'ご自分の登録は、ご自分の LINE のトークで「登録の内容」(まだ登録していない方は「登録」)と送ると、リンクが届きます。',
    ],
  },

  /** Doors that open nothing. */
  door: {
    expired: 'リンクの期限が切れています',
    anotherLink:
      'LINE から開いたときは、トークで「登録」と送ると新しいリンクが届きます。ご家族からのリンクのときは、もう一度送ってもらってください。',
    closed: (town: string) => `${town}の配信は、いま行われていません`,
    closedWhy: '登録はできません。くわしくは、下の窓口におたずねください。',
    missing: 'ページが見つかりません',
    missingWhy: 'アドレスが途中で切れていないか、確かめてください。',
  },

  confirm: {
    title: '登録を完了します',
    why: 'このメールアドレスで受け取る場合は、ボタンを押してください。',
    button: '登録を完了する',
    used: '登録は済んでいます',
    usedWhy: 'このページは閉じてかまいません。',
    again: 'お手数ですが、もう一度登録してください。登録ははじめから 1 分ほどです。',
  },

  mail: {
    greeting: (sender: string) => `${sender}です。`,
    confirmSubject: (sender: string) => `【${sender}】メール配信の登録を完了してください`,
    confirm: (sender: string) => [
      `「${sender}」のメール配信の登録を受け付けました。次のボタン(リンク)を押すと、登録が終わります。24 時間以内に 1 回だけ使えます。`,
    ],
    confirmButton: '登録を完了する',
    confirmAfter: 'お心当たりがないときは、このメールを消してください。何も登録されません。',
    restartSubject: (sender: string) => `【${sender}】メール配信を登録しました`,
    restart: 'メール配信の登録を受け付けました。',
    restartAfter:
      '次のボタン(リンク)は、登録の内容を変えたり、配信を止めたりするページです。7 日以内に、1 つのブラウザで開けます。',
    pageSubject: (sender: string) => `【${sender}】登録の内容を変えるページのリンクです`,
    page: '登録の内容を変えたり、配信を止めたりするページです。24 時間以内に、1 つのブラウザで開けます。',
    pageButton: '登録の内容を開く',
    pageAfter:
      'まだ開いていないリンクを知っている人は、内容を見て変えられます。ほかの人に渡さないでください。',
    phone: (number: string) => `電話 ${number}`,
  },

  /** A reader's own page. */
  me: {
    profile: 'あなたの登録',
    town: '自治体',
    about: '続柄・文章の書き方・地区を変える',
    save: '保存する',
    corrected: '出産予定日から数えた月齢(修正月齢)で届きます。',
    sharers: (relations: string) => `いっしょに登録しているご家族: ${relations}`,
    lately: 'この 7 日に届いた文',
    lateText: (day: string, label: string | null) =>
      label === null ? `${day} 登録のあいさつ` : `${day} ${label}の文`,
  },

  /** Stopping and resting: no stage, no date of a child, no word that hurts. */
  /** Behind the link under a text that comes by mail. */
  textLink: {
    title: '変更・停止',
    about:
      '登録の内容は、ほかの人に見られないように、メールで届くリンクから開きます。この配信を受け取っているメールアドレスに送ります。',
    send: '登録の内容のリンクを受け取る',
    open: '登録の内容を開く',
    sent: 'メールを送りました',
    aboutSent: [
      'この配信を受け取っているメールアドレスに、登録の内容のリンクを送りました。24 時間以内に開いてください。',
      '届かないときは、迷惑メールの設定を確かめてください。1 時間に 3 通まで送れます。',
    ],
  },

  quiet: {
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
      child: 'この子の配信を、ご家族みなさんの分も止めます。',
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
  },

  /** What is answered in the talk of LINE. */
  talk: {
    who: (sender: string) => `${sender}です。`,
    press: 'ご用のボタンを押してください。「登録の内容・変更」は、1時間、1回開けます。',
    automatic: '自動のお返事です。書かれたことを人が読むことはなく、残しません。',
    nothing: 'ご連絡ありがとうございます。いまお届けしている配信はありません。',
    greeting: 'お子さんの時期に合わせた子育ての文を、この LINE にお届けします。',
    register: '登録は下のボタンから、1分ほどで終わります(24時間、1回使えます)。',
    howToStop:
      '届く文の下の「変更・停止」から、いつでも変えたり止めたりできます。このトークで「配信を止める」と送っても、止めるページが届きます。',
    help: 'ひとりで抱えなくて大丈夫です。電話で話を聞いてもらえます。夜間や休日も、いつでも無料でかけられる番号があります。',
    buttons: {
      change: '登録の内容・変更',
      stop: '止める・休む',
      contact: '相談先',
      birth: '生まれたことを知らせる',
      own: '登録の内容',
      register: '登録する',
      goOn: 'つづきを開く',
      stopTown: (town: string) => `${town}の配信を止める`,
    },
    answered: {
      confirmed: '登録しました。',
      known: 'このお子さんは、もう登録されています。',
      used: 'この確認には、もうお返事をいただいています。',
      asked:
        'まだ登録は終わっていません。登録済みのお子さんと同じか、次のページで教えてください(1時間、1回開けます)。期限が切れたときは、もう一度「登録する」を押すと新しいリンクが届きます。',
      gone: '確認の期限が切れました。もう一度登録するには、「登録」と送ってください。新しいリンクが届きます。',
      refused:
        'わかりました。何も登録していません。登録のリンクは、ほかの人に渡さないでください。登録するときは、「登録」と送ってください。新しいリンクが届きます。',
    },
    formerTown: (town: string) => `${town}からの配信も続いています。`,
    anyTime: '登録の内容の変更、配信の停止、相談先は、いつでも、届く文の下のボタンから開けます。',
  },
}

/** The shape of every catalogue: a word that is missing in a language does not compile. */
export type Words = typeof standard
