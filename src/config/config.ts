import { createPrivateKey } from 'node:crypto'

import { z } from 'zod'

import { parseKeyRing } from '../secret/seal'
import { bounceProblems, bounceSchema } from './bounces'
import { instantMistake, parseInstant, practiceClockProblems } from './clock'
import { mailLimitsSchema } from './mailLimits'
import { onCallProblems, onCallSchema } from './onCall'

/** Every setting of the three programs, parsed once; null is "not given". */
export type Config = z.infer<typeof schema>

/** The settings that say what a program's clock shows, and whether it may show another time. */
export type ClockConfig = Pick<Config, keyof typeof CLOCK_SETTINGS>

/** A setting is wrong or missing; the message is one sentence a line. */
export class ConfigError extends Error {
  readonly code = 'BAD_CONFIG'
}

/** Ports of the programs; the practice mail sink has the one after the sandbox's. */
export interface Ports {
  cms: number
  web: number
  sandbox: number
}

const DEFAULT_PORTS: Ports = { cms: 3000, web: 3001, sandbox: 3002 }

const port = z.coerce
  .number('1 から 65535 までの数にしてください')
  .int('整数にしてください')
  .min(1, '1 から 65535 までの数にしてください')
  .max(65_535, '1 から 65535 までの数にしてください')
  .nullable()
  .default(null)

const webAddress = z
  .url({
    protocol: /^https?$/,
    error: 'http:// か https:// で始まる URL にしてください',
  })
  .transform((url) => url.replace(/(?<!\/)\/+$/, ''))

const replicaSetAddress = z
  .string()
  .refine((url) => /^mongodb(\+srv)?:\/\/\S+\/[^/?]+/.test(url), {
    error:
      'mongodb://ホスト/データベース名?replicaSet=名前 の形にしてください(データベース名が要ります)',
  })
  .refine((url) => url.startsWith('mongodb+srv:') || /[?&]replicaSet=/.test(url), {
    error:
      'レプリカセットの URL にしてください(?replicaSet=名前 を付けます。無いと書き込みがひとまとまりになりません)',
  })
  .refine((url) => isOnly(url, { readpreference: 'primary' }), {
    error:
      'readPreference は付けないでください(古い写しを読むと、止めたはずの人に送ることがあります)',
  })
  .refine((url) => isOnly(url, { readconcernlevel: 'majority' }), {
    error:
      'readConcernLevel は付けないでください(障害のあとに消える記録を読むと、止めたはずの人に送ることがあります)',
  })
  .refine((url) => isOnly(url, { w: 'majority', journal: 'true', j: 'true' }), {
    error:
      'w と journal は付けないか、w=majority にしてください(障害のあとに、送った記録が消えることがあります)',
  })
  .refine((url) => isOnly(url, { retrywrites: 'true', wtimeoutms: '0', wtimeout: '0' }), {
    error:
      'retryWrites=false と wtimeoutMS は付けないでください(データベースが切り替わるあいだに書いたものが、書けたか分からなくなります)',
  })

/** Whether options of a connection string, read as the driver does, are absent or have this value. */
function isOnly(url: string, values: Readonly<Record<string, string>>): boolean {
  const options = [...new URLSearchParams(url.split('?').slice(1).join('?'))]
  return options.every(([name, value]) => {
    const only = values[name.toLowerCase()]
    return only === undefined || value.toLowerCase() === only
  })
}

const mailRelay = z.string().regex(/^smtps?:\/\/\S+$/, {
  error: 'smtp:// か smtps:// で始まる URL にしてください',
})

const instant = z.string().transform((text, context) => {
  const read = parseInstant(text)
  if (read === null) context.addIssue({ code: 'custom', message: instantMistake(text) })
  return read
})

/** Days back that details of deliveries are kept: a fiscal year, and the month after it. */
export const KEPT_DAYS = 400
const KEEP = '30 から 3660 までの日数を整数で書いてください'
const days = z.coerce.number(KEEP).int(KEEP).min(30, KEEP).max(3660, KEEP)

/** Codes with commas between them, or `none`. */
const codes = z.string().transform((text) =>
  text === 'none'
    ? []
    : text
        .split(',')
        .map((code) => code.trim())
        .filter(Boolean),
)

const HOPS = 'プロキシの段数を 0 から 10 までの整数で書いてください'
const hops = z.coerce.number(HOPS).int(HOPS).min(0, HOPS).max(10, HOPS)

const keyRing = z.string().superRefine((spec, context) => {
  try {
    parseKeyRing(spec)
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message })
  }
})

const DKIM_KEY = 'PEM 形式の RSA の秘密鍵にしてください(改行は \\n と書けます)'

const privateKey = z
  .string()
  .transform((pem) => pem.replaceAll('\\n', '\n'))
  .refine(isRsaKey, { error: DKIM_KEY })

function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}

const schema = z.object({
  DATABASE_URL: replicaSetAddress.nullable().default(null),
  DELIVERY_DATABASE_URL: replicaSetAddress.nullable().default(null),
  KIZUNA_DATA_DIR: z.string().default('.kizuna'),
  CMS_PORT: port,
  WEB_PORT: port,
  SANDBOX_PORT: port,
  CMS_URL: webAddress.nullable().default(null),
  CMS_API_KEY: z
    .string()
    .min(20, '20 文字以上にしてください(CMS の「連携アカウント」で作ります)')
    .nullable()
    .default(null),
  LINE_API_URL: webAddress.nullable().default(null),
  SMTP_URL: mailRelay.nullable().default(null),
  DKIM_DOMAIN: z.string().nullable().default(null),
  DKIM_SELECTOR: z.string().nullable().default(null),
  DKIM_PRIVATE_KEY: privateKey.nullable().default(null),
  ...bounceSchema,
  ...mailLimitsSchema,
  ...onCallSchema,
  PUBLIC_URL: webAddress.nullable().default(null),
  TRUST_PROXY: hops.default(0),
  PAYLOAD_SECRET: z
    .string()
    .min(32, '32 文字以上のでたらめな文字列にしてください')
    .nullable()
    .default(null),
  KIZUNA_KEYS: keyRing.nullable().default(null),
  KIZUNA_KEEP_DAYS: days.default(KEPT_DAYS),
  KIZUNA_SECOND_FACTOR_FOR: codes.nullable().default(null),
  KIZUNA_CLOCK: instant.nullable().default(null),
  KIZUNA_CLOCK_SINCE: instant.nullable().default(null),
})

const CLOCK_SETTINGS = {
  KIZUNA_CLOCK: true,
  KIZUNA_CLOCK_SINCE: true,
  KIZUNA_DATA_DIR: true,
  DATABASE_URL: true,
  LINE_API_URL: true,
  SMTP_URL: true,
} as const

/**
 * Reads the settings from the environment; an empty value counts as not given. *Pure.*
 *
 * @throws ConfigError with a sentence for each wrong setting, naming it but never a secret.
 */
export function parseConfig(env: Environment): Config {
  return checked(schema.safeParse(filledIn(env)), problemsBetween)
}

/** What has to be set where the delivery half stands alone, and what each is. */
const NEEDED_ALONE = {
  DELIVERY_DATABASE_URL:
    '配信側のデータベース(mongodb://ホスト/データベース名?replicaSet=名前)。CMS のデータベースとは別にします',
  CMS_URL: '管理画面(CMS)のアドレス',
  CMS_API_KEY: 'CMS の「連携アカウント」で作る API キー',
  KIZUNA_KEYS: 'CMS と同じ鍵(index:鍵,k1:鍵)',
  PUBLIC_URL: '読者から見た登録ページのアドレス',
  LINE_API_URL: '本番は https://api.line.me',
  SMTP_URL: 'メールの中継サーバー(smtps://利用者:合言葉@ホスト)',
} as const

type NeededAlone = keyof typeof NEEDED_ALONE

/** The settings of the delivery half alone: what it cannot do without is there. */
export type DeliveryConfig = Config & { [Name in NeededAlone]: string }

/**
 * Reads the settings of the delivery half where it stands alone: nothing is made up for it, and nothing
 * of the CMS's secrets is asked for. *Pure.*
 *
 * @throws ConfigError as {@link parseConfig}, and with a sentence for each setting that is missing.
 */
export function parseDeliveryConfig(env: Environment): DeliveryConfig {
  const names = Object.keys(NEEDED_ALONE) as NeededAlone[]
  const problemsOf = (config: Config) => [
    ...names
      .filter((name) => config[name] === null)
      .map((name) => `${name}: 要ります。${NEEDED_ALONE[name]}。`),
    ...problemsOfAny(config),
  ]
  return checked(schema.safeParse(filledIn(env)), problemsOf) as DeliveryConfig
}

/**
 * Reads only what the clock depends on, for a program that needs no more. *Pure.*
 *
 * @throws ConfigError as {@link parseConfig}.
 */
export function parseClockConfig(env: Environment): ClockConfig {
  return checked(schema.pick(CLOCK_SETTINGS).safeParse(filledIn(env)), clockProblems)
}

type Environment = Readonly<Record<string, string | undefined>>

function filledIn(env: Environment) {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value))
}

function checked<T>(parsed: z.ZodSafeParseResult<T>, problemsOf: (settings: T) => string[]): T {
  const problems = parsed.success
    ? problemsOf(parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}。`)
  if (problems.length > 0 || !parsed.data) {
    throw new ConfigError(`設定を確かめてください。\n${problems.map((p) => `- ${p}`).join('\n')}`)
  }
  return parsed.data
}

/** Whether any channel is the local sandbox; only then may secrets be generated. *Pure.* */
export function isSandbox(config: Pick<Config, 'LINE_API_URL' | 'SMTP_URL'>): boolean {
  return config.LINE_API_URL === null && config.SMTP_URL === null
}

/** The ports that are set; what is not set is as in `others`. *Pure.* */
export function portsOf(
  config: Pick<Config, 'CMS_PORT' | 'WEB_PORT' | 'SANDBOX_PORT'>,
  others: Ports = DEFAULT_PORTS,
): Ports {
  return {
    cms: config.CMS_PORT ?? others.cms,
    web: config.WEB_PORT ?? others.web,
    sandbox: config.SANDBOX_PORT ?? others.sandbox,
  }
}

/** What our mails are signed with (RFC 6376), or null when the relay signs them. *Pure.* */
export function dkimKeyOf(config: Pick<Config, (typeof DKIM_SETTINGS)[number]>) {
  const { DKIM_DOMAIN: domainName, DKIM_SELECTOR: keySelector } = config
  const { DKIM_PRIVATE_KEY: key } = config
  return domainName && keySelector && key ? { domainName, keySelector, privateKey: key } : null
}

const DKIM_SETTINGS = ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_PRIVATE_KEY'] as const

function problemsBetween(config: Config): string[] {
  return [...problemsOfAny(config), ...(isSandbox(config) ? [] : missingSecrets(config))]
}

function problemsOfAny(config: Config): string[] {
  const problems: string[] = []
  const { DATABASE_URL, DELIVERY_DATABASE_URL } = config
  if (DATABASE_URL !== null && DATABASE_URL === DELIVERY_DATABASE_URL) {
    problems.push(
      'DELIVERY_DATABASE_URL: DATABASE_URL と別のデータベースにしてください(読者の情報を CMS に置かないためです)。',
    )
  }
  const { cms, web, sandbox } = portsOf(config)
  if (new Set([cms, web, sandbox, sandbox + 1]).size < 4) {
    problems.push(
      'CMS_PORT・WEB_PORT・SANDBOX_PORT: 別々の番号にしてください(SANDBOX_PORT の次の番号はメールの受け口に使います)。',
    )
  }
  if (DKIM_SETTINGS.some((name) => config[name] !== null)) problems.push(...missingDkim(config))
  problems.push(...bounceProblems(config), ...onCallProblems(config), ...clockProblems(config))
  return problems
}

function clockProblems(config: ClockConfig): string[] {
  if (config.KIZUNA_CLOCK !== null) return practiceClockProblems(config)
  return config.KIZUNA_CLOCK_SINCE === null ? [] : [SINCE_ALONE]
}

const SINCE_ALONE =
  'KIZUNA_CLOCK_SINCE: KIZUNA_CLOCK がないので、使えません。KIZUNA_CLOCK も設定するか、消してください。'

function missingSecrets(config: Config): string[] {
  const names = ['PAYLOAD_SECRET', 'KIZUNA_KEYS', 'CMS_API_KEY', 'PUBLIC_URL'] as const
  return names
    .filter((name) => config[name] === null)
    .map((name) => `${name}: LINE_API_URL か SMTP_URL を設定したときは、これも設定してください。`)
}

function missingDkim(config: Config): string[] {
  return DKIM_SETTINGS.filter((name) => config[name] === null).map(
    (name) => `${name}: メールに署名するには、${DKIM_SETTINGS.join('・')} をそろえてください。`,
  )
}
