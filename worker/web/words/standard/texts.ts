/** The texts a reader got, to be read once more. */
export const texts = {
  title: 'これまでの文',
  /** What stands where others have a stage. */
  notice: '自治体からのお知らせ',
  which: 'どのお子さんの文を見ますか',
  /** Taken is not arrived: only the provider knows, and it does not say. */
  about: (days: number) =>
    `LINE やメールに渡せた、この ${days} 日の文です。手もとに届いたかどうかまでは、分かりません。絵本の表紙は、ここには出ません。`,
  none: 'まだ、お送りした文はありません。',
  unknown: 'お送りできたかどうか、分かりませんでした。',
  withdrawn: 'この文は取り下げられました',
  renewed: 'この文は、そのあと新しく書きなおされています。',
  search: '言葉でさがす',
  searchButton: 'さがす',
  found: (typed: string, count: number) => `「${typed}」のある文: ${count} 件`,
  notFound: '見つかりませんでした。短い言葉や、ひらがなでも、ためせます。',
  all: 'すべての文を見る',
  others: 'ほかのお子さんの文を見る',
  newer: '新しい文',
  older: '前の文',
  page: (page: number, pages: number) => `${pages} ページのうち ${page} ページめ`,
}
