import type { CollectionConfig } from 'payload'
import { z } from 'zod'

import {
  parsePolicy,
  PolicyError,
  type ReviewPolicy,
  type ReviewPolicyInput,
} from '../review/rules/policy'
import type { SenderCheckOptions } from '../municipality/senderCheck'
import { KEPT_REPORT_DAYS, LEAST_REPORT_DAYS } from '../retention/removeOld'
import { systemNow } from '../config/clock'
import { ROLES, type Role } from '../people/roles'
import type { SecondFactorPolicy } from '../people/secondFactor/policy'
import { parseKeyRing, type KeyRing } from '../secret/seal'
import type { MailResolver } from '../senderCheck/resolver'

/** A language or style variant of the whole set of texts. */
export interface Edition {
  /** Stable code, stored in manuscripts and chosen by readers, e.g. `easy`. */
  code: string
  /** Japanese name in the admin and on readers' pages. */
  label: string
  /**
   * Written in plain Japanese: kept in line with the first edition (page and panel 「やさしい日本語」),
   * with advice on length, readings and words beside the form.
   *
   * @default false
   */
  isPlain?: boolean
}

/** Editions unless the options say otherwise. */
export const DEFAULT_EDITIONS: readonly Edition[] = [
  { code: 'standard', label: '標準' },
  { code: 'easy', label: 'やさしい日本語', isPlain: true },
  { code: 'english', label: 'English' },
]

/** Last word on one of the plugin's collections, e.g. to add a field of your own. */
export type CollectionOverride = (collection: CollectionConfig) => CollectionConfig

/** Options of the `kizuna` plugin. */
export interface KizunaOptions {
  /**
   * The clock; tests hand in their own.
   *
   * @default the real time
   */
  now?: () => Date
  /**
   * `now` is not the real time, to try the product on another day: every page of the admin says so.
   *
   * @default false
   */
  isPracticeClock?: boolean
  /**
   * Keys that seal the secrets of LINE accounts, `index:BASE64,k1:BASE64` (32 bytes each).
   * Without them no LINE secret can be saved, and the admin says so.
   *
   * @default null
   */
  keys?: string | null
  /**
   * Who must approve what before it may be published, and how long a release lives.
   *
   * @default one editor-in-chief and the topics' disciplines; 栄養 and 歯科 need two people
   */
  policy?: ReviewPolicyInput
  /**
   * Editions a manuscript can be written in; the first is what new documents start with.
   *
   * @default 標準 (`standard`), やさしい日本語 (`easy`), English (`english`)
   */
  editions?: Edition[]
  /**
   * How much of the admin is kizuna's. `whole`: the admin is kizuna's own, in Japanese, with its sign,
   * its home and its way to write a date. `beside`: language, logo, icon, home and dates stay the
   * host's; kizuna's pages are reached from the menu, and its parts of the home can be added.
   *
   * @default 'beside'
   */
  admin?: 'beside' | 'whole'
  /**
   * Mail address of an account that exists: at the start it becomes kizuna's system admin if nobody is
   * one, and gives the others their roles. In an empty database the first account is.
   *
   * @default null
   */
  firstAdmin?: string | null
  /**
   * Folder for uploaded pictures.
   *
   * @default 'media'
   */
  mediaDir?: string
  /**
   * Address of the delivery half's pages as readers see it. Printed QR codes lead there, and so does the
   * way to the counter, where staff act for a reader who is there; that one needs `keys`, which both
   * halves share.
   *
   * @default null
   */
  publicUrl?: string | null
  /**
   * Hours that a log-in lasts; before it ends people are asked whether to go on. In a host with users of
   * its own theirs holds (`auth.tokenExpiration`).
   *
   * @default 8
   */
  sessionHours?: number
  /**
   * Looks once a day, over the internet, whether the pages that texts lead to are there; the list is
   * 「リンクの確かめ」. `false` where the CMS may not go out: then nobody asks for any address.
   *
   * @default true
   */
  checkLinks?: boolean
  /**
   * How mails go out, by the domain of a municipality's sender: then its form can ask the DNS, at a
   * press, whether they can arrive (SPF, DKIM, DMARC, PTR). `sendingOf` gives the relay and the keys.
   *
   * @default null the form says that this CMS cannot look
   */
  senderCheck?: SenderCheckOptions | null
  /**
   * Who must have a second factor (the six digits of an app, RFC 6238) to log in; everybody else may.
   * Whose role is named here sets it up at the next log-in and gets no session before. It is asked for
   * with a password: who comes in by a log-in of the host's own (single sign-on) is not asked.
   *
   * @default { requiredFor: [] } everybody may, nobody must
   */
  secondFactor?: { requiredFor?: readonly Role[] }
  /**
   * Days that the reports (figures only) of a day are kept.
   *
   * @default 1200 (three fiscal years and the months after)
   */
  keptReportDays?: number
  /**
   * Escape hatch: changes to the plugin's collections, by slug.
   *
   * @default {}
   */
  overrides?: Record<string, CollectionOverride>
  /**
   * Keeps the collections, so that the database's shape stays, and takes off everything else:
   * endpoints, admin parts and translations. Publishing is refused while it is set.
   *
   * @default false
   */
  disabled?: boolean
}

/** The options, checked and with every default filled in. */
export interface KizunaSettings {
  now: () => Date
  isPracticeClock: boolean
  admin: 'beside' | 'whole'
  firstAdmin: string | null
  ring: KeyRing | null
  policy: ReviewPolicy
  editions: readonly Edition[]
  mediaDir: string
  publicUrl: string | null
  sessionHours: number
  isLinkChecked: boolean
  senderCheck: SenderCheckOptions | null
  secondFactor: SecondFactorPolicy
  keptReportDays: number
  overrides: Readonly<Record<string, CollectionOverride>>
  isDisabled: boolean
}

/** The options are wrong; the message lists every mistake with its place. */
export class OptionsError extends Error {
  readonly code = 'BAD_OPTIONS'
}

const callable = <T>(sentence: string) =>
  z.custom<T>((value) => typeof value === 'function', { error: sentence })

const edition = z.strictObject({
  code: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]*$/,
      'must begin with a lower-case letter and go on with these, digits and hyphens',
    ),
  label: z.string().min(1, 'must not be empty'),
  isPlain: z.boolean().optional(),
})

const REPORT_DAYS = `must be a whole number of days, ${LEAST_REPORT_DAYS} or more`

const SESSION_HOURS = 'must be a whole number of hours, 1 to 72'

const ROLE_CODES = ROLES.map(({ value }) => value)

const ROLE_MISTAKE = `must be the code of a role (${ROLE_CODES.join(', ')})`

const shape = z.strictObject({
  now: callable<() => Date>('must be a function that returns the time (a Date)').default(
    () => systemNow,
  ),
  isPracticeClock: z.boolean().default(false),
  keys: z.string().nullable().default(null),
  policy: z.custom<ReviewPolicyInput>().optional(),
  editions: z
    .array(edition)
    .min(1, 'must have at least one edition')
    .default(() => [...DEFAULT_EDITIONS]),
  admin: z.enum(['beside', 'whole'], { error: "must be 'beside' or 'whole'" }).default('beside'),
  firstAdmin: z
    .email('must be a mail address')
    .transform((address) => address.toLowerCase())
    .nullable()
    .default(null),
  mediaDir: z.string().min(1, 'must name a folder').default('media'),
  publicUrl: z
    .url({ protocol: /^https?$/, error: 'must be a URL that begins with http:// or https://' })
    .transform((url) => url.replace(/(?<!\/)\/+$/, ''))
    .nullable()
    .default(null),
  sessionHours: z
    .number(SESSION_HOURS)
    .int(SESSION_HOURS)
    .min(1, SESSION_HOURS)
    .max(72, SESSION_HOURS)
    .default(8),
  checkLinks: z.boolean().default(true),
  senderCheck: z
    .strictObject({
      sendingOf: callable<SenderCheckOptions['sendingOf']>('must be a function of a domain'),
      resolver: z.custom<MailResolver>().optional(),
    })
    .nullable()
    .default(null),
  secondFactor: z
    .strictObject({ requiredFor: z.array(z.enum(ROLE_CODES, ROLE_MISTAKE)).default(() => []) })
    .default(() => ({ requiredFor: [] })),
  keptReportDays: z
    .number(REPORT_DAYS)
    .int(REPORT_DAYS)
    .min(LEAST_REPORT_DAYS, REPORT_DAYS)
    .default(KEPT_REPORT_DAYS),
  overrides: z
    .record(z.string(), callable<CollectionOverride>('must be a function'))
    .default(() => ({})),
  disabled: z.boolean().default(false),
})

/**
 * Checks the plugin's options and fills in their defaults. *Pure.*
 *
 * @throws OptionsError with one English sentence for each mistake: it is developers who read them.
 */
export function parseOptions(options: KizunaOptions): KizunaSettings {
  const parsed = shape.safeParse(options)
  if (!parsed.success) {
    throw mistakes(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
  }
  const { now, isPracticeClock, keys, editions, mediaDir, overrides, disabled } = parsed.data
  const { admin, firstAdmin, keptReportDays, publicUrl, sessionHours } = parsed.data
  const codes = editions.map(({ code }) => code)
  const twice = codes.find((code, index) => codes.indexOf(code) !== index)
  if (twice) throw mistakes([`editions: the code "${twice}" is there twice`])
  if (editions[0]?.isPlain) throw mistakes([PLAIN_FIRST])
  const policy = orMistakes(() => parsePolicy(parsed.data.policy))
  const ring = keys === null ? null : orMistakes(() => parseKeyRing(keys))
  const given = { now, isPracticeClock, editions, mediaDir, overrides, isDisabled: disabled }
  return {
    ...given,
    admin,
    firstAdmin,
    publicUrl,
    sessionHours,
    secondFactor: parsed.data.secondFactor,
    isLinkChecked: parsed.data.checkLinks,
    senderCheck: parsed.data.senderCheck,
    keptReportDays,
    ring,
    policy,
  }
}

const PLAIN_FIRST =
  'editions: the first must be the standard edition; one with isPlain is written after the first'

/** What a key's own error says is for the operator at the shell, in Japanese. */
const KEYS_MISTAKE =
  "keys: must be 'index:BASE64,name:BASE64', each of them 32 bytes (openssl rand -base64 32)"

function orMistakes<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw mistakes(error instanceof PolicyError ? error.message.split('\n') : [KEYS_MISTAKE])
  }
}

function mistakes(lines: readonly string[]): OptionsError {
  return new OptionsError(
    [
      'kizuna(): these options of payload.config.ts are wrong.',
      ...lines.map((line) => `- ${line}`),
    ].join('\n'),
  )
}
