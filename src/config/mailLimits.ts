import { z } from 'zod'

/**
 * Mails that one recipient domain is sent in a second by one worker: what 20 connections carry to a
 * server that answers in 0.4 s. Gmail asks for an even speed and answers bursts with 4.7.28:
 * https://support.google.com/a/answer/81126
 */
const PER_SECOND = 50

/** Mails under way to one domain at once: https://www.postfix.org/postconf.5.html#default_destination_concurrency_limit */
const AT_ONCE = 20

const COUNT = '1 から 10000 までの整数で書いてください'
const count = z.coerce.number(COUNT).int(COUNT).min(1, COUNT).max(10_000, COUNT)

/** Settings of how fast one recipient domain is sent mails, as they are typed. */
export const mailLimitsSchema = {
  MAIL_DOMAIN_PER_SECOND: count.default(PER_SECOND),
  MAIL_DOMAIN_AT_ONCE: count.default(AT_ONCE),
}

type MailLimitsConfig = Record<keyof typeof mailLimitsSchema, number>

/** How fast one recipient domain is sent mails by one worker. *Pure.* */
export function mailLimitsOf(config: MailLimitsConfig) {
  return { perSecond: config.MAIL_DOMAIN_PER_SECOND, atOnce: config.MAIL_DOMAIN_AT_ONCE }
}

/** As nothing else is set. */
export const MAIL_LIMITS = { perSecond: PER_SECOND, atOnce: AT_ONCE }
