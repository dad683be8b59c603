/** What a reader is asked by their town, without saying who they are. */
export const survey = {
  about: (questions: number) => `${questions} 問のアンケートです。答えたくない質問は、とばせます。`,
  anonymous:
    'どなたが答えたかは、だれにも分かりません。お子さんのころあい、続柄、地区は、同じ方が 5 人以上いるときだけ、答えといっしょに残ります。',
  until: (day: string) => `${day}まで答えられます。`,
  start: 'アンケートに答える',
  onMyPage: (title: string) => `アンケート「${title}」に答える`,
  byMyPage: 'まず、あなたのページを開いてください。そこにあるアンケートの題名から、答えられます。',
  send: '答えを送る',
  textHint: 'お名前・電話番号・住所は書かないでください。番号やアドレスは、消してから保存します。',
  faults: {
    number: (unit: string) => `${unit ? `${unit}の数` : '数'}を、0〜9999 の数字で書いてください。`,
    tooLong: (most: number) => `${most} 文字までに短くしてください。`,
  },
  empty: '1 つは答えてから、送ってください。',
  answered: 'このアンケートには、もう答えていただきました',
  answeredWhy: 'ありがとうございました。1 人 1 回までです。',
  ended: 'このアンケートは終わりました',
  endedWhy: '答えられる日が過ぎました。ご協力ありがとうございました。',
  gone: 'このページでは、もう答えられません',
  goneWhy: '前に答えていただいたか、答えられる日が過ぎました。',
  notAsked: 'いま、あなたにお答えいただけるアンケートはありません',
  notAskedWhy: '配信が届いているあいだに、お答えいただけます。',
  inTalk: (title: string) => `アンケート「${title}」です。下のボタンから答えられます。`,
  inTalkEnded: 'このアンケートは終わりました。ご協力ありがとうございました。',
}
