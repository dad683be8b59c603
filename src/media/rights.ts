/** Why a picture may be shown to families. */
export const RIGHTS = [
  { value: 'own', label: '自分たちで描いた・撮った' },
  { value: 'permitted', label: '持ち主から許しをもらった' },
  { value: 'licensed', label: '使う条件が公開されていて、それを守っている' },
]
