/** Header in which a log-in carries the code of the app, or a recovery code. */
export const CODE_HEADER = 'X-Kizuna-Code'

/** Header in which the log-in that sets the second factor up carries the sealed offer. */
export const OFFER_HEADER = 'X-Kizuna-Setup'

/** Why a log-in with the right password was refused; stable, for programs. */
export type FactorCode = 'SECOND_FACTOR_NEEDED' | 'SECOND_FACTOR_WRONG' | 'SECOND_FACTOR_SETUP'

/** Said to who has given the right password and not yet the code. */
export const NEEDED_SENTENCE =
  'パスワードは合っています。続けて、スマートフォンのアプリに出ている 6 桁の確認コードを入れてください。'

const CLOCK_ADVICE =
  '何度やっても合わないときは、スマートフォンの時刻が自動で合う設定か確かめてください。'

/** Said of a code that is not right, or was used before. */
export const WRONG_CODE = `確認コードが違うか、もう使われています。アプリに次の 6 桁が出るのを待って、入れ直してください。${CLOCK_ADVICE}予備のコードは、1 つを 1 回だけ使えます。`

/** Said of a first code that does not show that the app has the key. */
export const WRONG_FIRST_CODE = `確認コードが違います。アプリの「kizuna」のところに出ている 6 桁を、変わる前に入れてください。${CLOCK_ADVICE}`

/** Said to whose role needs the second factor when it is not there yet. */
export const SETUP_SENTENCE =
  'あなたの役割では、二段階認証が必要です。パスワードは合っています。続けて、二段階認証を用意してください。'

/** Said of an offer that came too late. */
export const LATE_OFFER =
  '用意を始めてから時間がたったため、この QR コードは使えません。新しい QR コードで、もう一度お試しください。'

/** How many recovery codes are made at a time. */
export const RECOVERY_COUNT = 10

/** Digits of the app's code. */
export const CODE_DIGITS = 6

/**
 * A code as it was meant, whatever it was typed with: full width, spaces, hyphens, small letters, and the
 * letters that the recovery codes leave out for the digits they look like. *Pure.*
 */
export function typedCode(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '')
}

/** A key in groups of four, as it is typed from the screen. *Pure.* */
export function groupsOfFour(key: string): string {
  return key.replace(/(.{4})(?=.)/g, '$1 ')
}
