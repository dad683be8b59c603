/** How a reader's texts come: notifications and what else may be wished. */
export const wishes = {
  notice: {
    term: '通知に出す内容',
    question: '通知に、文の内容を出しますか',
    hint: (headline: string) =>
      `スマートフォンの通知は、ほかの人の目にも入ります。出さないときは「${headline}」とだけ出ます。開くと、いつもどおり読めます。`,
    choices: {
      '': 'おまかせ(はじめの時期だけ、出しません)',
      shown: '出す',
      discreet: '出さない',
    },
  },
}
