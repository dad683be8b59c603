/** The number that a reader shows at the town's counter. */
export const counter = {
  title: '窓口で見せる番号',
  about:
    '窓口の人に番号を見せると、あなたに代わって、登録を変えたり、配信を止めたりできます。番号を見せないかぎり、窓口の人には、あなたの登録は見えません。',
  make: '番号を出す',
  again: '新しい番号を出す',
  once: '10 分のあいだ、1 回だけ使えます。',
}
