import { readHours } from './hoursReading'

/** What the product itself says in every text it delivers, in the words of one edition. */
export interface OwnWords {
  /** Greeting before the first text: what comes, and how to change and stop, on either channel. */
  welcome: string
  /** Buttons of the row under a LINE text. */
  row: { change: string; contact: string }
  /** Words of the link to the page where readers say what they think of a text. */
  voice: string
  mail: {
    /** Words of the link to the reader's own page. */
    ownPage: string
    /** Before the address that stops, where a text cannot have a button. */
    stopAt: string
    stop: string
    /** Above the link to the own page, while readers of mail may come to LINE. */
    lineOffered: string
    /** The sentence around the button that stops. */
    stopBy: (button: string) => string
  }
  contact: {
    ask: string
    call: string
    /** Hours as a municipality writes them, in these words. */
    hours: (hours: string) => string
  }
  /**
   * Above a text that has no version in this edition, so that who chose it knows why; empty where
   * there is nothing to explain.
   */
  otherEdition: string
  /** What a mail begins with that shows nobody what it is about; longer than a list shows of it. */
  opening: (sender: string) => string
}

const STANDARD: OwnWords = {
  welcome:
    'ご登録ありがとうございます。これから、そのときどきに合わせた文をお届けします。登録の内容を変えるときや、配信を止めるときは、届く文のいちばん下からいつでもできます。',
  row: { change: '変更・停止', contact: '相談先' },
  voice: 'この文章はどうでしたか',
  mail: {
    ownPage: '登録の内容を見る・変える',
    stopAt: '配信を止めたいときは、次のページを開いてください。',
    stop: '配信を止める',
    lineOffered:
      'LINE でも受け取れるようになりました。次のページから「届け先を変える」で選べます。メールのままでもかまいません。',
    stopBy: (button) => `配信を止めたいときは、「${button}」を押してください。`,
  },
  contact: { ask: 'お問い合わせ', call: '電話', hours: (hours) => hours },
  otherEdition: '',
  opening: (sender) =>
    `${sender}からのお知らせです。このメールは、${sender}のお知らせを受け取る登録をされた方にお送りしています。登録の内容を変えたり、配信を止めたりすることは、いちばん下のリンクからいつでもできます。お知らせの本文は、この下にあります。`,
}

const EASY: OwnWords = {
  welcome:
    '登録(とうろく)を ありがとうございます。これから 文(ぶん)を 送(おく)ります。変(か)えたいとき、止(と)めたいときは、文(ぶん)の いちばん下(した)を 見(み)てください。いつでも できます。',
  row: { change: '変(か)える・止(と)める', contact: '相談(そうだん)する ところ' },
  voice: 'この 文(ぶん)は どうでしたか',
  mail: {
    ownPage: '登録(とうろく)を 見(み)る・変(か)える',
    stopAt: '止(と)めたいときは、この ページを 開(ひら)いてください。',
    stop: '止(と)める',
    lineOffered:
      'LINEでも もらうことが できます。次(つぎ)の ページで 変(か)えることが できます。メールでも いいです。',
    stopBy: (button) => `止(と)めたいときは、「${button}」を 押(お)してください。`,
  },
  contact: { ask: '相談(そうだん)する ところ', call: '電話(でんわ)', hours: readHours },
  otherEdition:
    '下(した)の 文(ぶん)は ふつうの 日本語(にほんご)です。やさしい日本語(にほんご)の 文(ぶん)は まだ ありません。わからないときは、いちばん 下(した)の ところに 聞(き)いてください。',
  opening: (sender) =>
    `${sender}からの お知(し)らせです。登録(とうろく)した 人(ひと)に 送(おく)っています。いちばん下(した)の リンクから、いつでも 変(か)えたり 止(と)めたり できます。お知(し)らせは、この 下(した)に あります。`,
}

const OWN_WORDS: Readonly<Record<string, OwnWords>> = { standard: STANDARD, easy: EASY }

/** The edition whose own words stand in what readers of an edition get. *Pure.* */
export function ownEdition(edition = 'standard'): string {
  return Object.hasOwn(OWN_WORDS, edition) ? edition : 'standard'
}

/** The product's own words for readers of an edition; of one without any, the standard's. *Pure.* */
export function ownWords(edition?: string): OwnWords {
  return OWN_WORDS[ownEdition(edition)] ?? STANDARD
}

/** Every edition's own words. */
export const ALL_OWN_WORDS: readonly OwnWords[] = Object.values(OWN_WORDS)
