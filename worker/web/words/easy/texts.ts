import type { Words } from '../standard'

/** The texts a reader got, to be read once more. */
export const texts: Words['texts'] = {
  title: '前(まえ)の お知(し)らせ',
  notice: '町(まち)や 市(し)からの お知(し)らせ',
  which: 'どの 子(こ)の お知(し)らせを 見(み)ますか',
  about: (days) =>
    `${days}日(にち)の あいだに 送(おく)った お知(し)らせです。届(とど)いたかどうかは、ここでは わかりません。絵本(えほん)の 写真(しゃしん)は ありません。`,
  none: 'まだ お知(し)らせは ありません。',
  unknown: '送(おく)ることが できたか、わかりません。',
  withdrawn: 'この お知(し)らせは、もう 見(み)ることが できません',
  renewed: 'この お知(し)らせは、あとで 新(あたら)しく なりました。',
  search: 'ことばで さがす',
  searchButton: 'さがす',
  found: (typed, count) => `「${typed}」が ある お知(し)らせ: ${count}`,
  notFound: 'ありません。短(みじか)い ことばでも さがすことが できます。',
  all: 'お知(し)らせを 全部(ぜんぶ) 見(み)る',
  others: 'ほかの 子(こ)の お知(し)らせを 見(み)る',
  newer: '新(あたら)しい お知(し)らせ',
  older: '前(まえ)の お知(し)らせ',
  page: (page, pages) => `${pages}ページの 中(なか)の ${page}ページ`,
}
