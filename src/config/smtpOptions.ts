/** Connection options of a mail relay, as nodemailer's SMTP transport takes them. */
export interface SmtpOptions {
  host: string
  port: number
  /** TLS from the first byte; `smtp://` upgrades with STARTTLS where the relay offers it. */
  secure: boolean
  auth?: { user: string; pass: string }
  disableFileAccess: true
  disableUrlAccess: true
}

/** Reads `smtp[s]://user:password@host:port`. *Pure.* */
export function smtpOptions(url: string): SmtpOptions {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
  return {
    host: hostname,
    port: Number(port) || (secure ? 465 : 587),
    secure,
    ...(username ? { auth } : {}),
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
