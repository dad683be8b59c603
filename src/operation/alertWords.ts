/** What has happened, and what the person on duty does about it. */
export interface AlertWords {
  what: string
  act: string
}

/** Every alert that a worker gives, by its code. */
export const ALERT_WORDS: Readonly<Record<string, AlertWords>> = {
  'all-refused': {
    what: '全員が同じ理由で断られ、だれにも届いていないので、配信回を止めました',
    act: '差出アドレスか LINE アカウントを確かめます。直れば 10 分以内に、残りを続けます',
  },
  'line-stopped': {
    what: 'LINE の都合(トークン、契約、月の上限)で、そのアカウントへの送信を止めました',
    act: 'LINE の管理画面でアカウントと月の上限を見ます。10 分ごとに試し直します',
  },
  'mail-stopped': {
    what: 'メールの中継サーバーか相手のドメインに断られ、そこへの送信を止めました',
    act: '中継サーバー(SMTP)の許可とログインを見ます。10 分ごとに試し直します',
  },
  expired: {
    what: '送信時間のうちに送れず、期限切れになった文があります',
    act: 'その日に worker が動いていたか、送信時間が短すぎないかを見ます。あとからは送りません',
  },
  'mail-unknown-after-crash': {
    what: 'メールを渡しているあいだに落ち、送れたか分からないものがあります',
    act: '「配信のようす」か unknown で、番号ごとに決めます。ひとりでには送り直しません',
  },
  'audience-drift': {
    what: '対象の人数が、別の数え方と合わないので止めました',
    act: 'verify で違いを見て、正しければ held --continue で続けます',
  },
  'yesterday-drift': {
    what: '対象の人数が、前の日と大きく違うので止めました',
    act: '名簿を取り込んだ日などで正しければ、held --continue で続けます',
  },
  ACCOUNTING: {
    what: '候補の数と、配信と除外の合計が合わないので止めました',
    act: 'plan で数を見て、開発者に知らせます',
  },
  'ledger-difference': {
    what: '送るはずの数と台帳の数が合いません',
    act: 'verify で違いを見ます',
  },
  'pairs-differ': {
    what: '計画が読む「組」が読者・子と違っていたので直しました',
    act: 'くりかえすときは、開発者に知らせます',
  },
  'hash-mismatch': {
    what: '確定版が承認された内容と違うので、使いませんでした',
    act: 'その原稿を公開し直します',
  },
  'release-unreadable': {
    what: '読めない確定版があります。ほかの確定版は届きます',
    act: '管理画面と worker の版をそろえます',
  },
  'picture-missing': {
    what: '文に添えた絵・写真を CMS から取れません。その文は前の確定版のまま届きます',
    act: '管理画面の画像を確かめます',
  },
  'municipality-missing': {
    what: 'CMS の一覧から自治体が消えました。設定は前のまま使います',
    act: 'ほんとうに減らしたのなら sync --accept-missing',
  },
  'line-account-missing': {
    what: 'CMS の一覧から LINE アカウントが消えました。設定は前のまま使います',
    act: 'ほんとうに減らしたのなら sync --accept-missing',
  },
  'settings-shrunk': {
    what: 'CMS の設定の一覧が急に減ったので、受け取りませんでした',
    act: 'ほんとうに減らしたのなら sync --accept-missing',
  },
  'municipality-unreadable': {
    what: '読めない自治体の設定があります。前の設定を使います',
    act: '自治体の画面を開いて、保存し直します',
  },
  'line-account-unreadable': {
    what: '読めない LINE アカウントの設定があります。前の設定を使います',
    act: 'LINE アカウントの画面で、チャネルシークレットを入れ直します',
  },
  'address-unreadable': {
    what: '封を開けられない連絡先があります。その読者には送っていません',
    act: 'KIZUNA_KEYS に、前の鍵が残っているかを確かめます',
  },
  'ledger-behind': {
    what: '台帳が前の状態に戻っているので、すべての配信を止めました',
    act: '下の説明を読んでから resume --accept-restore',
  },
  'line-token-refused': {
    what: 'LINE が、チャネル ID とチャネルシークレットを受け付けません',
    act: 'LINE Developers の「チャネル基本設定」から写し直して、LINE アカウントの画面で保存します',
  },
  'line-quota-near': {
    what: 'LINE の月の上限が近いか、このままだと月のうちに超えます',
    act: 'LINE の管理画面で料金プランを上げます。超えると、その月の残りは LINE では届きません',
  },
  'line-quota-over': {
    what: 'LINE の月の上限に達しました。その月の残りは LINE では届きません',
    act: 'LINE の管理画面で料金プランを上げます。時間内なら、10 分ごとに残りを試し直します',
  },
  'line-quota-yields': {
    what: 'LINE の今月の残りが足りなくなるので、月齢や週数の文と緊急のお知らせを先にして、ほかの文を LINE では送りません(アンケート、お知らせ、自治体原稿だけの文、節目の文の順に止まります)',
    act: '「配信のようす」で、止まるものと日を見ます。LINE の管理画面で料金プランを上げるか、お知らせの送る日を来月に直します。止まった日の文は、あとからは送りません',
  },
  'line-webhook-off': {
    what: 'LINE からの知らせ(登録・ブロックなど)が、こちらに来ない設定です',
    act: 'LINE Developers の「Webhook 設定」で URL を入れ、「Webhook の利用」を ON にします',
  },
  'line-webhook-unreached': {
    what: 'LINE からの知らせ(登録・ブロックなど)が、テストで 2 回つづけて、こちらに届きませんでした',
    act: '「配信のようす」か line check に出る LINE の言うわけのとおりに、つながり方かチャネルシークレットを直します。届かなかった知らせの送り直しは、LINE Developers の「Webhook の再送」がオンのときだけです',
  },
  'line-account-differs': {
    what: 'LINE のベーシック ID が、管理画面のものと違います',
    act: 'LINE アカウントの画面で、チャネル ID とベーシック ID を確かめます',
  },
  'line-counts-differ': {
    what: 'きのうの通数が、LINE の数え方と台帳で大きく違います',
    act: 'LINE のほうが多ければ、同じチャネルをほかのしくみが使っていないかを、少なければ、ブロックした人が多くないかを見ます',
  },
  'line-left-out': {
    what: 'LINE の 4 通に入らない自治体原稿がありました',
    act: 'その日の自治体原稿を短くするか、日を分けます',
  },
  'line-menu-failed': {
    what: 'LINE のメニューを付けられませんでした。1 時間後に試し直します',
    act: 'くりかえすときは、LINE の管理画面でアカウントを見ます',
  },
  'clock-apart': {
    what: 'この機械の時計がデータベースの時計と 5 秒より多くずれているので、何も送りません',
    act: 'NTP で時計を合わせます。合えば続けます',
  },
  'act-failed': {
    what: '「配信のようす」で頼まれたことを、行えませんでした。くりかえし試しています',
    act: 'いそぐときは halt や held で行います。くりかえすときは、開発者に知らせます',
  },
  'run-failed': {
    what: '配信回が途中で失敗しました。少しあとに続きからやり直します',
    act: 'くりかえすときは、worker の記録(run failed)を見ます',
  },
  'bounces-about-us': {
    what: '送ったメールが、差出人や中継サーバーを理由に戻ってきました。だれも停止していません',
    act: '差出アドレスの SPF・DKIM・DMARC と、中継サーバーの評判を確かめます',
  },
  'bounces-held': {
    what: '一つのドメインの宛先が一度にたくさん「ない」と言われたので、停止せずに待っています',
    act: 'kizuna bounces でドメインを見て、ほんとうになければ --believe、相手の障害なら --drop',
  },
  'bounces-unread': {
    what: '戻ってきたメールのメールボックスを読めません。届いたままで、あとで読みます',
    act: 'MAIL_BOUNCE_MAILBOX の宛先・利用者・合言葉と、メールボックスの空きを確かめます',
  },
}
