import { isSoonGuessed } from './guessable'

/** Shortest password, as NIST SP 800-63B-4 counts: length protects, a mix of signs does not. */
export const SHORTEST = 12

/** Longest: hashing what is longer would cost the server, not the one who guesses. */
const LONGEST = 128

/** A password of fewer different signs is guessed at once. */
const DIFFERENT = 5

/** Words of a product like this and of Japanese typing, which lists from abroad do not have. */
const COMMON = `
  password passwort passwd pass word pasuwado secret himitsu changeme qwerty
  qwertyuiop asdf asdfgh asdfghjkl zxcv zxcvbn zxcvbnm qaz wsx admin administrator
  user guest test master login default system welcome letmein iloveyou monkey dragon
  sunshine princess football baseball sakura nippon nihon japan tokyo aiueo abc abcd
  kizuna kosodate ninshin akachan パスワード ぱすわーど あいうえお ひみつ きずな 絆
  おはようございます ありがとうございます よろしくおねがいします よろしくお願いします
  おつかれさまです お疲れ様です こんにちは さくら 桜 子育て 子育て支援課 市役所 役場
`
  .trim()
  .split(/\s+/)

/** Rows that a hand runs along. */
const RUNS = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  '1q2w3e4r5t6y7u8i9o0p',
  'あいうえおかきくけこさしすせそたちつてと',
]

/** Signs that stand for a letter. */
const LETTERS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/** Whose password it is to be; what is known of them is guessed first. */
export interface PasswordOwner {
  email?: string | null
  name?: string | null
  /** Name of the municipality they work in. */
  municipality?: string | null
}

/** Why a password is refused, in a sentence that says what to do; null when it is fine. */
export async function passwordProblem(
  password: unknown,
  owner: PasswordOwner,
): Promise<string | null> {
  const problem = shapeProblem(password, owner)
  if (problem !== null) return problem
  const known = ['kizuna', 'kosodate', ...wordsOf(owner)]
  return (await isSoonGuessed(String(password).normalize('NFKC'), known)) ? EASILY_GUESSED : null
}

const EASILY_GUESSED =
  'このパスワードは、人の名前・よく使われる言葉・年や日付・キーボードの並びを組み合わせたものなので、すぐに推測されます。関係のない言葉をあと 1 つか 2 つ足すか、別の言葉をいくつか並べてください。'

/** What is seen at once, without a dictionary; linear, so that it is asked first. */
function shapeProblem(password: unknown, owner: PasswordOwner): string | null {
  if (typeof password !== 'string' || password.trim() === '') return 'パスワードを入れてください。'
  if (password.length > LONGEST) return `パスワードは ${LONGEST} 文字までにしてください。`
  const signs = [...password]
  if (signs.length < SHORTEST) {
    return `パスワードは ${SHORTEST} 文字以上にしてください(いまは ${signs.length} 文字です)。関係のない言葉をいくつか並べると、覚えやすくなります。`
  }
  const plain = password.normalize('NFKC').toLowerCase()
  if (new Set(plain).size < DIFFERENT || isRepeated(plain) || isRun(plain)) {
    return '同じ文字や決まった並びのくり返しは、すぐに破られます。関係のない言葉をいくつか並べてください。'
  }
  if (!/\p{L}/u.test(plain)) return '数字と記号だけのパスワードは使えません。言葉も入れてください。'
  if (isMadeOf(plain, [...COMMON, ...wordsOf(owner)])) {
    return 'よく使われる言葉や、あなたの名前・メールアドレス・自治体の名前だけのパスワードは、すぐに破られます。関係のない言葉をいくつか並べてください。'
  }
  return null
}

function isRepeated(text: string): boolean {
  return [1, 2, 3, 4, 5, 6].some((length) => {
    const unit = text.slice(0, length)
    return unit.repeat(Math.ceil(text.length / length)).slice(0, text.length) === text
  })
}

function isRun(text: string): boolean {
  const backwards = [...text].reverse().join('')
  return RUNS.some((run) => run.includes(text) || run.includes(backwards))
}

/** Whether nothing is left beside the words, digits around them and signs between them. */
function isMadeOf(text: string, words: readonly string[]): boolean {
  const inside = text.replace(/^[^\p{L}]+|(?<![^\p{L}])[^\p{L}]+$/gu, '')
  const read = inside.replace(/[0134579@$!]/g, (sign) => LETTERS[sign] ?? sign)
  return [inside, read].some((one) => isJoined(one.replace(/[^\p{L}]/gu, ''), words))
}

/** Whether a text is these words one after the other; linear, whatever is typed. */
function isJoined(text: string, words: readonly string[]): boolean {
  const reached = new Set([0])
  for (let at = 0; at < text.length; at += 1) {
    if (!reached.has(at)) continue
    for (const word of words) if (text.startsWith(word, at)) reached.add(at + word.length)
  }
  return reached.has(text.length)
}

function wordsOf({ email, name, municipality }: PasswordOwner): string[] {
  const parts = [
    ...(email ?? '').split(/[^\p{L}\p{N}]+/u),
    ...(name ?? '').split(/\s+/u),
    municipality ?? '',
    (municipality ?? '').replace(/[都道府県市区町村]$/u, ''),
  ]
  return parts
    .map((part) =>
      part
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[^\p{L}]/gu, ''),
    )
    .filter((word) => word.length >= 2 || /\P{ASCII}/u.test(word))
}
