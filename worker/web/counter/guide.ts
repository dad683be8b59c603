import { html } from '../../../src/release/escape'

import { COUNTER, showDesk, type Desk } from './counterDoor'
import { numberLinks } from './numberLinks'

/** 「窓口の手引き」: one page to print and lay beside the desk, for somebody in their first week. */
export function showGuide(desk: Desk): void {
  const title = '窓口の手引き'
  const body = html`<h1>${title}</h1>
    <p class="onScreen">
      この画面を印刷すると、A4 の紙 1 枚になります。
      <a href="${COUNTER}">窓口にもどる</a>
    </p>
    <section class="guide">
      ${PARTS.map(
        ({ heading, steps }) =>
          html`<h2>${heading}</h2>
            <ol>
              ${steps.map((step) => html`<li>${step}</li>`)}
            </ol>`,
      )}
    </section>`
  showDesk(desk, { title, body })
}

const PARTS: readonly { heading: string; steps: readonly string[] }[] = [
  {
    heading: 'はじめに',
    steps: [
      '管理画面にログインし、「窓口」→「窓口をひらく」を押します。30 分で閉じます。席を立つときは「窓口をとじる」を押します。',
      '目の前の方(または電話の方)がご本人かを、いつもの決まりで確かめます。',
      'その方の言うメールアドレスを、そのまま入れて「さがす」を押します。一部だけではさがせません。',
      `LINE の方には、トークの「登録の内容」から、${numberLinks()}を押して 8 けたを出してもらいます。`,
      '見つからないときは、つづり、ほかのアドレス、ご家族のアドレスの順に確かめます。ほかの自治体の登録は見えません。',
    ],
  },
  {
    heading: '配信を止める(死産届・死亡届を受け取ったときも)',
    steps: [
      'その方を見つけて「配信を止める」を押し、どの子の分かを選んで「止める」を押します。次の配信から届きません。',
      '理由は聞きません。入力する欄もありません。「この子の分」は、いっしょに受け取るご家族の分も止まります。だれにも知らせません。',
      '「また登録してください」とは言いません。「手続きや相談先」は、その方が望むときだけお見せします。',
      'まちがえたときは、7 日のあいだ、その方をもう一度さがして「まちがえたので、元にもどす」を押します。ご本人も、ご自分のページから元にもどせます。',
    ],
  },
  {
    heading: '登録をする・変える',
    steps: [
      'LINE の方には、「登録をする」の画面の QR コードを読み取ってもらいます。',
      'メールの方は、窓口で入力できます。次の画面で、内容と説明(やさしい日本語もあります。画面をお見せできます)を確かめてもらい、同意をいただいてから送ります。口頭か書面かが記録に残ります。',
      '届いたメールのボタンを、ご本人が押すと登録が終わります。押すまでは、何も届きません。アドレスがまちがっていたら、その場で直して送り直せます。',
      '日付や地区などは、その方を見つけてから変えます。頼まれたことだけを変えます。',
    ],
  },
  {
    heading: '守ること',
    steps: [
      'だれが、いつ、どの登録を見て、何をしたかは、すべて記録に残ります(400 日)。頼まれていない登録は開きません。',
      '画面に出たことを、ほかの人(ご家族にも)に伝えません。紙に書き写しません。',
    ],
  },
]
