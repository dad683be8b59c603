/** A key that is not the one this installation has used. */
export interface KeyFault {
  /**
   * `missing`: what it sealed is still there; `wrong`: another key has its name.
   * `unmoved`: an index key was added, and what older ones have hashed is not moved to it.
   */
  kind: 'missing' | 'wrong' | 'unmoved'
  /** Its name in `KIZUNA_KEYS`, or `index`. */
  key: string
  /** What cannot be read without it, for people. */
  what: string
}

/** What was found, what was expected and what to do, a sentence a fault. *Pure.* */
export function keyFaultSentences(faults: readonly KeyFault[]): string {
  return ['KIZUNA_KEYS を確かめてください。', ...faults.map((one) => `- ${sentenceOf(one)}`)].join(
    '\n',
  )
}

function sentenceOf({ kind, key, what }: KeyFault): string {
  if (kind === 'unmoved')
    return '検索用の新しい鍵「index」に、まだ移していません。すべてのプログラムを止めたまま、npm run --silent kizuna -- keys --move-index を実行してください(途中で止まっていたら、もう一度)。'
  if (key === 'index')
    return '検索用の鍵「index」が、いままで使っていた鍵と違います。このままでは、だれの登録も連絡先から探せません。使っていた鍵に戻してください。'
  return kind === 'missing'
    ? `鍵「${key}」がありません。この鍵で封じた「${what}」がまだあり、開けません。使っていた鍵を「${key}:鍵」の形で後ろに足してください。`
    : `鍵「${key}」が、いままで使っていた「${key}」と違います。このままでは、それで封じた「${what}」を開けません。使っていた鍵に戻してください。新しい鍵なら、別の名前を付けて先頭(index の次)に足してください。`
}
