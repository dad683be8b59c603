import { escapeHtml } from '../release/escape'

/** How long an invitation can be taken up; who is invited may be on leave. */
export const INVITED_DAYS = 7

/** How long a link for another password works; Payload's own figure. */
export const RESET_HOURS = 1

/** A mail about an account. */
export interface AccountMail {
  subject: string
  text: string
  html: string
}

interface Link {
  /** Whom the mail is to; empty where it is not known. */
  name: string
  /** Where a password is chosen. */
  url: string
}

/** The mail for who has forgotten the password. *Pure.* */
export function resetMail({ name, url }: Link): AccountMail {
  return mailOf('【kizuna】パスワードを決め直すリンク', url, [
    ...greeting(name),
    'kizuna の管理画面のパスワードを決め直す依頼がありました。次のリンクを開いて、新しいパスワードを決めてください。',
    url,
    `リンクは ${RESET_HOURS} 時間、1 回だけ使えます。決め直すと、ほかの場所でのログインは終わります。`,
    '依頼していないときは、このメールを捨ててください。パスワードは変わりません。続けて届くときは、システム管理者に知らせてください。',
  ])
}

/** Who is invited, by whom and as what. */
export interface Invitation extends Link {
  by: string
  /** Roles in words, and the municipality's name where they work for one. */
  roles: string
  email: string
}

/** The mail for who is invited; they choose the password, and nobody else knows it. *Pure.* */
export function invitationMail({ name, url, by, roles, email }: Invitation): AccountMail {
  return mailOf('【kizuna】管理画面への招待', url, [
    ...greeting(name),
    `${by} さんから、kizuna(妊娠期から就学まで、家族に文を届けるサービス)の管理画面に招かれました。`,
    `■ 役割: ${roles}`,
    `■ ログインに使うメールアドレス: ${email}`,
    '次のリンクを開いて、パスワードをご自分で決めてください。決めると、そのまま管理画面が開きます。',
    url,
    `リンクは ${INVITED_DAYS} 日間、1 回だけ使えます。過ぎたときは、招いた人にもう一度送ってもらってください。`,
    '心当たりがないときは、このメールを捨ててください。何も始まりません。',
  ])
}

/** Whose second factor was ended, and by whom. */
interface FactorEnded {
  name: string
  by: string
  /** Whether their role must have one. */
  isRequired: boolean
}

/** The mail for whose second factor somebody else has ended. *Pure.* */
export function factorEndedMail({ name, by, isRequired }: FactorEnded): AccountMail {
  return mailOf('【kizuna】二段階認証を終わらせました', '', [
    ...greeting(name),
    `${by} さんが、あなたの二段階認証を終わらせました。開いていたログインは、すべて終わりました。`,
    isRequired
      ? '次にログインすると、二段階認証の用意を求められます。新しいスマートフォンを手元に置いてください。'
      : '次からは、パスワードだけでログインできます。ログインしたら、アカウントの画面で、もう一度二段階認証を始めてください。',
    '頼んでいないときは、すぐにシステム管理者に知らせて、パスワードを決め直してください。',
  ])
}

function greeting(name: string): string[] {
  return name ? [`${name} さん`] : []
}

function mailOf(subject: string, url: string, lines: readonly string[]): AccountMail {
  const paragraphs = lines.map((line) =>
    line === url
      ? `<p style="overflow-wrap:anywhere"><a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>`
      : `<p>${escapeHtml(line)}</p>`,
  )
  return {
    subject,
    text: lines.join('\n\n'),
    html: `<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>${subject}</title></head><body style="font-family:sans-serif;line-height:1.7;max-width:600px">${paragraphs.join('')}</body></html>`,
  }
}
