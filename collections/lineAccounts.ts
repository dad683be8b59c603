import type { CollectionConfig, FieldHook, TextField } from 'payload'

import type { KizunaSettings } from '../src/plugin/options'
import { open, seal, type KeyRing } from '../src/secret/seal'
import { lineAccountsAccess, lineSecretAccess } from '../src/people/access'
import { isWorker } from '../src/people/roles'
import { isEmpty } from '../src/fields/checks'
import { LINE_ANSWERS, LINE_KINDS } from '../src/fields/choices'

/** Context that a channel secret is sealed with; another field's value does not open under it. */
export const LINE_SECRET_CONTEXT = 'line-account'

/** LINE channels; the secret is sealed, and only the worker's account gets it back. */
export function createLineAccounts(settings: KizunaSettings): CollectionConfig {
  return {
    slug: 'line-accounts',
    labels: { singular: 'LINE アカウント', plural: 'LINE アカウント' },
    access: lineAccountsAccess,
    admin: {
      group: '自治体',
      useAsTitle: 'name',
      defaultColumns: ['name', 'provider', 'kind', 'basicId'],
      description: 'LINE Developers コンソールの「Messaging API チャネル」を登録します。',
    },
    disableDuplicate: true,
    disableBulkEdit: true,
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
      secretField(settings),
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
            'ほかのサービスと共用するアカウントでは、返事が重ならないように選びます。「この製品の言葉とメニューだけ」では、「登録」「登録の内容」「配信を止める」という文と、データが kizuna:menu のメニューだけに答えます。友だち追加のあいさつでは、「登録」と送るよう案内してください。「答えない」では、トークから LINE の登録はできません。',
        },
      },
    ],
  }
}

function secretField(settings: KizunaSettings): TextField {
  return {
    name: 'channelSecret',
    type: 'text',
    label: 'チャネルシークレット',
    access: lineSecretAccess,
    admin: {
      description:
        '暗号化して保存し、この画面には二度と表示しません。変えるときだけ入力してください(空のままなら前のままです)。',
      autoComplete: 'off',
      disableListColumn: true,
      disableListFilter: true,
    },
    hooks: { beforeChange: [sealSecret(settings)], afterRead: [openSecret(settings)] },
    validate: (value: unknown, { id }: { id?: unknown }) => {
      if (isEmpty(value)) {
        return id === undefined ? 'チャネルシークレットを入力してください。' : true
      }
      if (settings.ring === null) {
        return 'KIZUNA_KEYS が設定されていないため保存できません。システムの担当者に知らせてください。'
      }
      // Payload checks a field after its hooks: what arrives here is sealed already.
      return /^[0-9a-f]{32}$/i.test(unsealed(settings.ring, String(value)))
        ? true
        : 'チャネルシークレットは 32 桁の英数字(0〜9、a〜f)です。LINE Developers の「チャネル基本設定」から写してください。'
    },
  }
}

function unsealed(ring: KeyRing, value: string): string {
  try {
    return open(ring, value, LINE_SECRET_CONTEXT)
  } catch {
    return value
  }
}

function sealSecret({ ring }: KizunaSettings): FieldHook {
  return ({ value, siblingData }) => {
    if (!isEmpty(value) && ring !== null) return seal(ring, String(value), LINE_SECRET_CONTEXT)
    delete siblingData.channelSecret // leaves what is stored
    return undefined
  }
}

/** Gives the secret to the worker and takes it out for everybody else, Local API included. */
function openSecret({ ring }: KizunaSettings): FieldHook {
  return ({ value, req, siblingData }) => {
    if (isWorker(req.user) && ring !== null && typeof value === 'string') {
      return open(ring, value, LINE_SECRET_CONTEXT)
    }
    delete siblingData.channelSecret
    return undefined
  }
}
