/** The number that a reader shows at the town's counter. */
export const counter = {
  title: '窓口で見せる番号',
  about:
    '窓口の人に番号を見せると、あなたに代わって、登録を変えたり、配信を止めたりできます。窓口の人があなたの登録を見られるのは、あなたが番号を見せたときと、登録したメールアドレスを伝えたときだけです。',
  make: '番号を出す',
  again: '新しい番号を出す',
  once: '10 分のあいだ、1 回だけ使えます。',
}
