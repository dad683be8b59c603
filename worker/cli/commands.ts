/** What a command may use of the world; `main.ts` gives the real one, tests their own. */
export interface CliIo {
  /** Writes one line to the standard output; settles when it has room for more. */
  out: (line: string) => Promise<void>
  /** Writes one line to the standard error. */
  err: (line: string) => Promise<void>
  /** The first line of the standard input; a person at a terminal is asked for it. */
  readLine: (prompt: string) => Promise<string>
  env: Readonly<Record<string, string | undefined>>
  /** This machine's clock; the product's may show another time, see `openClock`. */
  ownNow: () => Date
  /** Calls back once when the person or the system asks the program to stop. */
  onStop: (listener: () => void) => void
}

/** What the module of a command exports. */
export interface CommandModule {
  /**
   * Runs the command with the arguments after its name.
   *
   * @returns the exit code: 0 done, 1 the answer is bad (a difference, a refused file).
   * @throws UsageError for bad arguments (exit 2); any other error is shown and exits 1.
   */
  run: (args: string[], io: CliIo) => Promise<number>
}

/** A command as the help shows it. */
export interface Command {
  name: string
  /** Arguments after the name, one way to call it a line. */
  usage: string[]
  /** What it does, in one Japanese sentence. */
  summary: string
  load: () => Promise<CommandModule>
}

/** All commands; each is loaded when it is called, so that the small ones start fast. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'stages',
    usage: [
      '--due 出産予定日 --from 日付 --to 日付 [--json]',
      '--birth 誕生日 --from 日付 --to 日付 [--json]',
    ],
    summary: '一日ごとのステージを一覧にします。',
    load: () => import('./stages'),
  },
  {
    name: 'when',
    usage: [
      '(--due 出産予定日 | --birth 誕生日) [--month-rule friendly|legal] [--school-entry 入学日] [--json] 配信日…',
    ],
    summary: '配信日(24w3d、day45、month18、1歳6か月 など)が何月何日になるかを示します。',
    load: () => import('./when'),
  },
  {
    name: 'plan',
    usage: ['--date 日付 [--municipality コード] [--json]'],
    summary: 'その日の配信の計画を、送らずに示します。',
    load: () => import('./plan'),
  },
  {
    name: 'deliver',
    usage: ['[--date 今日の日付] [--municipality コード] [--json]'],
    summary: '今日の配信を今すぐ行います。2 回目は何も送りません。ほかの日の文は送れません。',
    load: () => import('./deliver'),
  },
  {
    name: 'sync',
    usage: ['[--accept-missing] [--json]'],
    summary:
      'CMS から確定版と設定を受け取ります。一覧が急に減ったときは受け取らずに知らせます。ほんとうに減らしたのなら --accept-missing を付けます。',
    load: () => import('./sync'),
  },
  {
    name: 'explain',
    usage: ['--reader 読者ID --date 日付 [--json]'],
    summary: 'その読者に、なぜその文が届くか(届かないか)を子ごとに示します。',
    load: () => import('./explain'),
  },
  {
    name: 'verify',
    usage: ['--date 日付 [--json]'],
    summary: '届くはずの配信と台帳を突き合わせます。違いがあれば終了コードは 1 です。',
    load: () => import('./verify'),
  },
  {
    name: 'find',
    usage: ['--channel line|mail [--json]'],
    summary:
      '連絡先から、読者と子の ID を探します。連絡先は標準入力の 1 行目から読みます(履歴に残さないため)。',
    load: () => import('./find'),
  },
  {
    name: 'stop',
    usage: ['--reader 読者ID --child 子ID [--json]', '--reader 読者ID --all [--json]'],
    summary:
      '読者に代わって配信を止めます。--child はその子の配信を、いっしょに受け取る全員について。--all はその読者への配信をすべて。',
    load: () => import('./stop'),
  },
  {
    name: 'erase',
    usage: ['--reader ID [--confirm] [--json]'],
    summary:
      '本人に代わって、読者のデータを消します。--confirm がなければ、消すものを示すだけです。',
    load: () => import('./erase'),
  },
  {
    name: 'counter-log',
    usage: ['[--municipality コード] [--from 日付] [--to 日付] [--monthly] [--json]'],
    summary:
      '窓口で、だれが・いつ・何をしたかを示します(読者は ID だけ)。--monthly は月ごとの件数だけ。期間を言わなければ、きょうまでの 31 日です。',
    load: () => import('./counterLog'),
  },
  {
    name: 'menu',
    usage: ['[--json]', '--channel チャネルID [--remove] [--json]'],
    summary:
      'LINE のトークの下のメニューが、どのアカウントにあるかを示します。--channel でそのアカウントに付け、--remove も付けると外します(「トークへの返事」が「すべて」のアカウントには、自動で付きます)。',
    load: () => import('./menu'),
  },
  {
    name: 'backup',
    usage: ['フォルダー [--json]', '--into フォルダー [--json]', '--verify フォルダー [--json]'],
    summary:
      '二つのデータベースと画像の控えを、空のフォルダーに取ります。動いている間にも取れます。鍵は入りません。--into は、日時の名前のフォルダーを作って取り、古い控えを消します(毎晩のために)。--verify は、その中のいちばん新しい控えを、別のデータベースに戻して確かめ、消します(週に 1 回のために)。',
    load: () => import('./backup'),
  },
  {
    name: 'restore',
    usage: ['フォルダー [--replace] [--json]'],
    summary:
      '控えをすべて確かめてから、空のデータベースに戻します。--replace を付けると、いまの中身は消えます。配信は resume まで止まります。',
    load: () => import('./restore'),
  },
  {
    name: 'status',
    usage: ['[--municipality コード] [--json]'],
    summary:
      'きょうの配信のようす(動いている worker、自治体ごとの配信回と数、保留のわけ、注意とすること)を示します。控えから戻したあとで止まっていれば、終了コードは 1 です。',
    load: () => import('./status'),
  },
  {
    name: 'mail',
    usage: ['check [ドメインか差出アドレス] [--selector 署名の名前] [--json]'],
    summary:
      '差出アドレスのドメインの MX・SPF・DKIM・DMARC・逆引きと、止めるリンクを確かめ、DNS を受け持つ方に頼むレコードを示します。ドメインを言わなければ、すべての自治体の差出アドレスを。直すものがあれば終了コードは 1 です。',
    load: () => import('./mail'),
  },
  {
    name: 'line',
    usage: ['check [@ベーシックID] [--json]'],
    summary:
      'LINE アカウントのようすを LINE にいま聞き(つながり、今月の通数、Webhook の利用と URL、メニュー)、LINE からこちらに知らせが届くかを試します。LINE が教えないもの(あいさつメッセージ、応答メッセージ)は、人が見るところを示します。直すものがあれば終了コードは 1 です。',
    load: () => import('./line'),
  },
  {
    name: 'doctor',
    usage: ['[--json]'],
    summary:
      'この設置を頼りにできるかを、ひととおり確かめます: データベースの版と台数、時計、鍵、CMS、worker、証明書、LINE(いま聞きます)、中継サーバー、空き、控え。直すものがあれば終了コードは 1 です。',
    load: () => import('./doctor'),
  },
  {
    name: 'on-call',
    usage: ['[--json]', '--test [--json]'],
    summary:
      '当番に知らせる先(ON_CALL_MAIL・ON_CALL_WEBHOOK)、いま起きていること、届いていない先を示します。--test は、それぞれに試しの知らせを 1 通送り、何が返ったかを言います。届いていない先があれば終了コードは 1 です。',
    load: () => import('./onCall'),
  },
  {
    name: 'keys',
    usage: ['[--json]', '--move-index'],
    summary:
      '鍵(KIZUNA_KEYS)ごとに、それで封じたものがいくつ残り、前の鍵をいつ抜いてよいかを示します。鍵がないか違えば、終了コードは 1 です。--move-index は、すべてのプログラムを止めている間に、検索用の鍵(index)を替えます。',
    load: () => import('./keys'),
  },
  {
    name: 'bounces',
    usage: ['[--json]', '--believe 番号 [--json]', '--drop 番号 [--json]'],
    summary:
      'この 30 日に戻ってきたメールをわけごとに数え、止めずに待っているドメインを示します(あれば終了コードは 1)。--believe でその宛先への配信を止め、--drop で続けます。',
    load: () => import('./bounces'),
  },
  {
    name: 'halt',
    usage: ['--scope all|自治体コード|@LINE の ID|mail --reason わけ [--json]'],
    summary:
      'すべて・一つの自治体・一つの LINE アカウント・すべてのメールの送信を、resume まで止めます。計画は進み、再開すると時間内の残りを送ります。',
    load: () => import('./halt'),
  },
  {
    name: 'held',
    usage: ['[--json]', '--run 配信回 --continue|--drop --reason わけ [--json]'],
    summary:
      '保留の配信回とそのわけを示します。--continue で続け、--drop で送らずに終えます(残りは期限切れと記録します)。',
    load: () => import('./held'),
  },
  {
    name: 'unknown',
    usage: [
      '[--municipality コード] [--json]',
      '--municipality コード --mail 番号|--all --decide again|sent|notSent --reason わけ [--json]',
    ],
    summary:
      '送れたか分からないメールを番号で示します。--decide で、もう一度送る(同じ Message-ID で、その日の時間内だけ)、届いたものとする、届かなかったものとする、のどれかに決めます。ひとりでには送り直しません。',
    load: () => import('./unknown'),
  },
  {
    name: 'resume',
    usage: [
      '--scope all|自治体コード|@LINE の ID|mail --reason わけ [--json]',
      '--accept-restore [--json]',
    ],
    summary:
      'halt で止めたものを再開します。--accept-restore は、控えから戻したあとで止まっている配信を、分からないことを示してから再開します。送ったかもしれない文は送りません。',
    load: () => import('./resume'),
  },
  {
    name: 'import',
    usage: [
      'manuscripts|addons ファイル.xlsx|ファイル.csv [--dry-run] [--json]',
      'readers ファイル.xlsx|ファイル.csv [--consent-basis 同意の根拠 [--consent-date 日付]] [--no-announcement] [--dry-run] [--json]',
      'municipality ファイル.zip [--dry-run] [--json]',
    ],
    summary:
      '表か、ほかの kizuna から持ち出した自治体の一式を取り込みます。1 行でも誤りがあれば、何も取り込みません。',
    load: () => import('./importFile'),
  },
  {
    name: 'end-second-factor',
    usage: ['メールアドレス'],
    summary:
      'スマートフォンも予備のコードもなくした人の二段階認証を終わらせます。ほかにシステム管理者がいないときに使います。',
    load: () => import('./endSecondFactor'),
  },
  {
    name: 'export',
    usage: [
      'releases [--json]',
      'ledger --date 日付 [--json]',
      'manuscripts|addons ファイル.xlsx|ファイル.csv [--json]',
      'municipality 自治体コード ファイル.zip [--json]',
    ],
    summary:
      '確定版か台帳を 1 行 1 件の JSON(NDJSON)で、原稿を取り込みと同じ形の表で、一つの自治体のすべてを暗号化した ZIP で書き出します。',
    load: () => import('./exportData'),
  },
  {
    name: 'retention',
    usage: ['--dry-run [--days 日数] [--json]'],
    summary:
      '保存する期間が過ぎて今夜消えるものを、種類ごとに数えます(何も消しません)。--days で、KIZUNA_KEEP_DAYS を替えたときの数も見られます。',
    load: () => import('./retention'),
  },
  {
    name: 'rebuild-states',
    usage: ['[--json]'],
    summary:
      '一覧・数・地図・検索が使う「原稿の状態」を、原稿からはじめから作り直します。画面の数が合わないときに。何度でも、動いている間にも使えます。',
    load: () => import('./rebuildStates'),
  },
]
