import type { CollectionConfig, FieldHook, PayloadRequest, TextField } from 'payload'

import type { KizunaSettings } from '../src/plugin/options'
import { auditCreation, auditRemoval } from '../src/audit/auditExistence'
import { auditSettings } from '../src/audit/auditSettings'
import { open, seal, type KeyRing } from '../src/secret/seal'
import { lineAccountsAccess, lineSecretAccess } from '../src/people/access'
import { isWorker } from '../src/people/roles'
import { isEmpty } from '../src/fields/checks'
import { LINE_ANSWERS, LINE_KINDS } from '../src/fields/choices'

/** Context that a channel secret is sealed with; another field's value does not open under it. */
export const LINE_SECRET_CONTEXT = 'line-account'

/** Context of the secret of LINE Login. */
export const LINE_LOGIN_SECRET_CONTEXT = 'line-login'

/** LINE channels; each secret is sealed, and only the worker's account gets it back. */
export function createLineAccounts(settings: KizunaSettings): CollectionConfig {
  return {
    slug: 'kizuna-line-accounts',
    labels: { singular: 'LINE アカウント', plural: 'LINE アカウント' },
    access: lineAccountsAccess,
    admin: {
      group: false, // the plugin's own menu has it by role
      useAsTitle: 'name',
      defaultColumns: ['name', 'provider', 'kind', 'basicId'],
      description: 'LINE Developers コンソールの「Messaging API チャネル」を登録します。',
    },
    disableDuplicate: true,
    disableBulkEdit: true,
    hooks: {
      afterChange: [
        auditCreation(settings),
        auditSettings({ now: settings.now, secrets: SECRETS }),
      ],
      afterDelete: [auditRemoval(settings)],
    },
    fields: [
      {
        name: 'name',
        type: 'text',
        label: '名前',
        required: true,
        admin: { description: '管理用の名前です。例: みなと町 公式' },
      },
      {
        name: 'provider',
        type: 'text',
        label: 'プロバイダー',
        required: true,
        admin: {
          description:
            'LINE Developers のプロバイダー名です。読者の LINE の番号は、同じプロバイダーの中でだけ通じます。',
        },
      },
      { name: 'kind', type: 'select', label: '種類', required: true, options: LINE_KINDS },
      {
        name: 'channelId',
        type: 'text',
        label: 'チャネル ID',
        required: true,
        unique: true,
        admin: { description: '「チャネル基本設定」にある数字です。' },
        validate: (value: unknown) =>
          /^\d{1,20}$/.test(String(value ?? ''))
            ? true
            : 'チャネル ID は数字だけです。LINE Developers の「チャネル基本設定」から写してください。',
      },
      secretField(settings, CHANNEL_SECRET),
      {
        name: 'basicId',
        type: 'text',
        label: 'ベーシック ID',
        required: true,
        admin: { description: '@ で始まる ID です。読者が友だち追加に使います。例: @123abcde' },
        validate: (value: unknown) =>
          /^@[a-z0-9._-]{1,30}$/i.test(String(value ?? ''))
            ? true
            : 'ベーシック ID は @ で始まる英数字です(例: @123abcde)。',
      },
      {
        name: 'answers',
        type: 'select',
        label: 'トークへの返事',
        defaultValue: 'all',
        options: LINE_ANSWERS,
        admin: {
          description:
            'ほかのサービスと共用するアカウントでは、返事が重ならないように選びます。「この製品の言葉とメニューだけ」では、「登録」「登録の内容」「配信を止める」「やさしい日本語」という文と、データが kizuna: で始まるボタンだけに答えます。友だち追加のあいさつでは、「登録」と送るよう案内してください。「答えない」では、トークから LINE の登録はできません。届く文の下の「変更・停止」はページを開き、LINE ログインがあればそこでご本人を確かめます。なければ窓口をご案内します。',
        },
      },
      ...loginFields(settings),
    ],
  }
}

const SECRETS: readonly Secret['name'][] = ['channelSecret', 'loginChannelSecret']

/** A secret of a LINE channel: which field, and the context it is sealed with. */
interface Secret {
  name: 'channelSecret' | 'loginChannelSecret'
  label: string
  context: string
  description: string
}

const CHANNEL_SECRET: Secret = {
  name: 'channelSecret',
  label: 'チャネルシークレット',
  context: LINE_SECRET_CONTEXT,
  description:
    '暗号化して保存し、この画面には二度と表示しません。変えるときだけ入力してください(空のままなら前のままです)。',
}

const LOGIN_SECRET: Secret = {
  name: 'loginChannelSecret',
  label: 'LINE ログインのチャネルシークレット',
  context: LINE_LOGIN_SECRET_CONTEXT,
  description:
    '暗号化して保存し、この画面には二度と表示しません。変えるときだけ入力してください(空のままなら前のままです)。LINE ログインのチャネル ID を空にすると、消えます。',
}

/** Asks LINE who opens a link of the talk; without it a link is bound to one browser and the talk. */
function loginFields(settings: KizunaSettings): TextField[] {
  return [
    {
      name: 'loginChannelId',
      type: 'text',
      label: 'LINE ログインのチャネル ID(任意)',
      admin: {
        description:
          'トークのリンクを開いた人が、そのリンクを受け取った本人かどうかを LINE に確かめるときに入れます。同じプロバイダーの「LINEログイン」チャネルの「チャネル基本設定」にある数字です。そのチャネルの「コールバックURL」には、読者の登録ページのアドレスに /login/line を付けたもの(例: https://kizuna.example.jp/login/line)を登録してください。',
      },
      validate: (value: unknown, { siblingData }: { siblingData?: unknown }) => {
        if (isEmpty(value)) return true
        if (!/^\d{1,20}$/.test(String(value))) {
          return 'チャネル ID は数字だけです。LINE Developers の「LINEログイン」チャネルの「チャネル基本設定」から写してください。'
        }
        const { channelId } = (siblingData ?? {}) as { channelId?: unknown }
        return value === channelId
          ? '上のチャネル ID(Messaging API)と同じです。「LINEログイン」チャネルの ID を入れてください。'
          : true
      },
    },
    secretField(settings, LOGIN_SECRET),
    liffField,
  ]
}

/**
 * The app of a LINE Login channel in which a registration opens inside LINE. Its id begins with the
 * channel's: https://developers.line.biz/en/docs/liff/registering-liff-apps/
 */
const liffField: TextField = {
  name: 'liffId',
  type: 'text',
  label: 'LIFF ID(任意)',
  admin: {
    description:
      '登録を LINE の中で開くときに入れます。LINE ログインのチャネルの「LIFF」に LIFF アプリを追加し(LINE ミニアプリでもかまいません)、「エンドポイント URL」に、読者の登録ページのアドレスに /liff/ と LIFF ID を付けたもの(例: https://kizuna.example.jp/liff/1657000001-AbCdEfGh)、「Scope」に openid、「友だち追加オプション」に On を選んでください。',
  },
  validate: (value: unknown, { siblingData }: { siblingData?: unknown }) => {
    if (isEmpty(value)) return true
    if (!hasLogin(siblingData)) {
      return 'LIFF ID は、LINE ログインのチャネル ID と一緒に入れてください。'
    }
    const { loginChannelId } = siblingData as { loginChannelId: unknown }
    return new RegExp(`^${String(loginChannelId)}-[A-Za-z0-9]{1,20}$`).test(String(value))
      ? true
      : 'LIFF ID は「LINE ログインのチャネル ID-英数字」の形です(例: 1657000001-AbCdEfGh)。そのチャネルの「LIFF」から写してください。'
  },
}

function secretField(settings: KizunaSettings, secret: Secret): TextField {
  const { name, label, description } = secret
  return {
    name,
    type: 'text',
    label,
    access: lineSecretAccess,
    admin: { description, autoComplete: 'off', disableListColumn: true, disableListFilter: true },
    hooks: {
      beforeChange: [sealSecret(settings, secret)],
      afterRead: [openSecret(settings, secret)],
    },
    validate: async (value: unknown, { id, siblingData, req }: SecretAsked) => {
      if (isEmpty(value)) {
        const isMissing = isNeeded(secret, siblingData) && !(await isStored(req, id, secret))
        return isMissing ? `${label}を入力してください。` : true
      }
      if (settings.ring === null) {
        return 'KIZUNA_KEYS が設定されていないため保存できません。システムの担当者に知らせてください。'
      }
      // Payload checks a field after its hooks: what arrives here is sealed already.
      return /^[0-9a-f]{32}$/i.test(unsealed(settings.ring, String(value), secret))
        ? true
        : `${label}は 32 桁の英数字(0〜9、a〜f)です。LINE Developers の「チャネル基本設定」から写してください。`
    },
  }
}

interface SecretAsked {
  id?: number | string
  siblingData?: unknown
  req: PayloadRequest
}

/** The account's own secret always, that of LINE Login beside its channel id. */
function isNeeded({ name }: Secret, siblingData: unknown): boolean {
  return name === 'channelSecret' || hasLogin(siblingData)
}

function hasLogin(account: unknown): boolean {
  return !isEmpty((account as { loginChannelId?: unknown } | null)?.loginChannelId)
}

/** Asked of the database: whatever is read through Payload is without its secrets. */
async function isStored(
  req: PayloadRequest,
  id: number | string | undefined,
  { name }: Secret,
): Promise<boolean> {
  if (id === undefined) return false
  const where = { id: { equals: id } }
  const found = await req.payload.db.findOne({ collection: 'kizuna-line-accounts', where, req })
  return !isEmpty((found as Record<string, unknown> | null)?.[name])
}

function unsealed(ring: KeyRing, value: string, { context }: Secret): string {
  try {
    return open(ring, value, context)
  } catch {
    return value
  }
}

function sealSecret({ ring }: KizunaSettings, secret: Secret): FieldHook {
  return ({ value, siblingData }) => {
    if (secret.name === 'loginChannelSecret' && !hasLogin(siblingData)) return null
    if (!isEmpty(value) && ring !== null) return seal(ring, String(value), secret.context)
    Reflect.deleteProperty(siblingData, secret.name) // leaves what is stored
    return undefined
  }
}

/** Gives the secret to the worker and takes it out for everybody else, Local API included. */
function openSecret({ ring }: KizunaSettings, { name, context }: Secret): FieldHook {
  return ({ value, req, siblingData }) => {
    if (isWorker(req.user) && ring !== null && typeof value === 'string') {
      return open(ring, value, context)
    }
    Reflect.deleteProperty(siblingData, name)
    return undefined
  }
}
