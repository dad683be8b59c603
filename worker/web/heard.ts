/** What a message is about, as far as it decides what stands first in the answer. */
export interface Heard {
  /** Somebody is at the end of their strength, or a child or parent in danger. */
  isDespair: boolean
  /** Of it, what the children's line is for: a child, or who brings one up, is in danger. */
  isDanger: boolean
  /** No more texts are wanted, for whatever reason. */
  isEnding: boolean
  /** Something is wrong with a body: whom to call stands first. */
  isWorry: boolean
  /** A child is there; never told where the other two are. */
  isBirth: boolean
}

// Looked for and never kept, repeated or asked about. A word that is heard wrongly costs nothing:
// everybody gets the same row, with something else first.
const DESPAIR = new RegExp(
  [
    '(?:死|し)に(?:たい|たく|そう)|死の(?:う|っか)|死んで(?:しまいた|しまいそう|しまお|も(?:いい|良い))|自殺|心中',
    '(?:消え|きえ)(?:たい|たく|てしまい|て(?:いなく)?なりたい)|いなくなりたい|生きて(?:い)?(?:たくない|けない|いけない|る意味|いる意味)',
    'つら(?:い|く|すぎ)|辛(?:い|く|すぎ)|苦し(?:い|く)|しんど|限界|もう(?:無理|むり|だめ|ダメ)|耐えられ|助けて|たすけて|救って',
    'リスカ|リストカット|飛び降り|ひとりで抱え|(?:かわいい|可愛い)と?思え(?:な|ま)',
  ].join('|'),
  'i',
)

const DANGER = new RegExp(
  [
    '虐待|(?:叩|たた|殴|なぐ|蹴|け)(?:い|っ|られ)て?(?:しま|ちゃ)|(?:叩|殴|蹴)られ|殺し|殺され|(?:首|くび)を(?:絞|し)め|手をあげて?しま|暴力|(?<![a-z\\d_.-])DV(?![a-z\\d_.-])|育てられない',
  ].join('|'),
  'i',
)

const ENDING = new RegExp(
  [
    '(?<!受け)止め|(?<!受け)とめて|停止|解除|退会|やめ(?:る|た|て|ます|よう)|辞め(?:る|た|て|ます)|要りません|要らない|いりません|いらない|不要|送らないで|終わりに(?:し|して)',
    '流産|りゅうざん|死産|(?<!た)しざん|中絶|ちゅうぜつ|堕ろ|おろ(?:し|す)(?:ま|こと)|亡くな|亡くし|なくなりました|(?:ちゃん|子|こ|ども)をなくし|miscarr|stillborn|stillbirth|お空へ|お空に|空に(?:帰|還|かえ)|天使(?:に|ママ|の子)|星にな',
    '(?<!必)死(?!に(?:たい|たく|そう)|の(?:う|っか)|んで(?:しまいた|しまいそう|しまお|も)|ぬほど)|しにました|(?:[がはも、]|^)しん(?:だ|で(?!も|しまいた|しまいそう|しまお))|心拍が(?:止|とま|確認でき(?:な|ま)|見え(?:な|ま))|心臓が(?:止|とま)|稽留|子宮外|助から(?:な|ず)|助かりませんでした|育(?:って|た)(?:い)?な(?:い|かっ)|だめ(?:でした|だった|になり)|ダメ(?:でした|だった|になり)|残念な(?:結果|こと)|会えな(?:い|かった|く)|会えませんでした',
  ].join('|'),
  'i',
)

const WORRY =
  /(?:血|ち)が(?:出|で)|出血|しゅっけつ|(?:動|うご)(?:かない|きません|かなく)|胎動|破水|(?:腹|なか)が(?:痛|いた)|(?:息|いき)を?(?:し(?:て(?:い)?(?:ない|ません)|ない)|が)|けいれん|熱が(?:\d|高|下が)|ねつが/

const BORN = '(?:生ま?れ|産まれ|うまれ)'

const BIRTH = new RegExp(
  [
    `${BORN}(?:てき)?ました(?!ら|か)`,
    `${BORN}た(?!ら|か|い|とき|時|場合|後|あと)`,
    `${BORN}て(?!い?ない|い?ません|なく|こない|くる|から|も|ほし)`,
    '出産を?(?:しました|した|終え|終わり)(?!ら|か|い)',
    '(?:産み|うみ|誕生し)ました(?!ら|か)',
  ].join('|'),
)

/** Of a birth that has not been, or is asked about. */
const NO_BIRTH = new RegExp(`まだ${BORN}|${BORN}(?:ません|ない|そう|なかっ|る)|いつ(?!も)|予定です`)

/** Hears what a message is about; null is a sticker, a picture or a voice. *Pure.* */
export function heardIn(text: string | null): Heard {
  // Learners write with spaces between the words.
  const said = (text ?? '').normalize('NFKC').replace(/\s+/gu, '')
  const isDanger = DANGER.test(said)
  const isDespair = isDanger || DESPAIR.test(said)
  const isEnding = ENDING.test(said)
  const isBirth = BIRTH.test(said) && !NO_BIRTH.test(said)
  const isWorry = WORRY.test(said) && !isDespair && !isEnding
  return {
    isDespair,
    isDanger,
    isEnding,
    isWorry,
    isBirth: isBirth && !isDespair && !isEnding && !isWorry,
  }
}
