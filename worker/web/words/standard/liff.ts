/** The registration, opened inside LINE. */
export const liff = {
  title: 'LINE で登録する',
  asking: 'LINE で確かめています。そのままお待ちください。',
  otherwise: 'この画面のままのときは、次の方法で登録できます。',
  /** On the page that leads here from a browser. */
  open: 'LINE を開いて登録する',
  or: '開けないときは、次の方法でも登録できます。',
  refused: {
    title: 'LINE で確かめられませんでした',
    sentences: [
      'まだ何も登録していません。',
      'この画面を閉じて、LINE からもう一度開いてください。次の方法でも登録できます。',
    ],
  },
  unavailable: {
    title: 'いま、LINE から返事がありません',
    sentences: [
      'まだ何も登録していません。',
      'しばらくしてから、もう一度開いてください。次の方法でも登録できます。',
    ],
  },
}
