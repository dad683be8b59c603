/** Names of the codes that are the same everywhere; editions, areas and sources have their own. */
export const FIGURE_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  relation: {
    mother: '母',
    father: '父',
    grandparent: '祖父母',
    other: 'その他',
    none: '答えていない',
  },
  stage: {
    pregnant: '妊娠中',
    age0: '0歳',
    age1to2: '1〜2歳',
    age3up: '3歳以上',
    unknown: '分からない',
  },
  channel: { line: 'LINE', mail: 'メール', none: '届け先なし' },
  source: { other: 'その他', none: 'きっかけが分からない' },
  area: { other: 'その他', none: '地区を選んでいない' },
  edition: { other: 'その他', none: '選んでいない' },
}
