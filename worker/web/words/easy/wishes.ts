import type { Words } from '../standard'

/** How a reader's texts come: notifications and what else may be wished. */
export const wishes: Words['wishes'] = {
  notice: {
    term: '画面(がめん)の 通知(つうち)',
    question: '通知(つうち)に お知(し)らせの 内容(ないよう)を 出(だ)しますか',
    hint: (headline) =>
      `スマートフォンの 通知(つうち)は、ほかの 人(ひと)も 見(み)ることが あります。出(だ)さないときは、「${headline}」だけが 出(で)ます。開(ひら)くと、内容(ないよう)を 読(よ)むことが できます。`,
    choices: {
      '': 'おまかせ。はじめは 出(だ)しません',
      shown: '出(だ)す',
      discreet: '出(だ)さない',
    },
  },
}
