import type { Field, Tab } from 'payload'

import { CHANNELS, MAIL_AFTER_CRASH } from '../fields/choices'
import { checkSender, checkTime, normalizeSender } from '../fields/checks'
import { hoursField } from './hoursField'
import { adminFieldAccess } from '../people/access'
import { readCode } from '../table/invisible'

/** By what, when and how much a municipality sends. */
export const channelTab: Tab = {
  label: '送る方法と時間',
  fields: [
    {
      name: 'channels',
      type: 'select',
      label: '送る方法',
      required: true,
      hasMany: true,
      options: CHANNELS,
      access: adminFieldAccess,
      admin: { description: '両方を選ぶと、読者は LINE かメールを選べます。' },
      validate: (value: unknown) =>
        Array.isArray(value) && value.length > 0 ? true : '送る方法を 1 つ以上選んでください。',
    },
    {
      name: 'lineAccount',
      type: 'relationship',
      label: 'LINE アカウント',
      relationTo: 'kizuna-line-accounts',
      access: adminFieldAccess,
      admin: {
        description: 'LINE で送るときに要ります。先に「LINE アカウント」で登録してください。',
        condition: (data) => Array.isArray(data?.channels) && data.channels.includes('line'),
      },
      validate: (value: unknown, { data }: { data: unknown }) =>
        value || !takesLine(data)
          ? true
          : 'LINE で送るときは LINE アカウントを選んでください。まだ無ければ「LINE アカウント」で登録するか、送る方法から LINE を外してください。',
    },
    {
      name: 'mailFrom',
      type: 'text',
      label: 'メールの差出アドレス',
      required: true,
      access: adminFieldAccess,
      admin: { description: '例: kosodate@city.example.jp' },
      hooks: { beforeValidate: [({ value }) => normalizeSender(value)] },
      validate: (value: unknown) => checkSender(value),
    },
    {
      name: 'senderCheck',
      type: 'ui',
      label: 'メールが届くかの確かめ',
      admin: {
        components: { Field: 'kizuna/client#SenderCheck' },
        disableListColumn: true,
      },
    },
    {
      name: 'windows',
      type: 'group',
      label: '送る時間',
      admin: {
        description: 'この時間の間だけ送ります(日本時間)。間に合わなかった分は送りません。',
      },
      fields: [windowGroup('line', 'LINE'), windowGroup('mail', 'メール')],
    },
    hoursField,
    {
      name: 'mailAfterCrash',
      type: 'select',
      label: 'メールが届いたか分からないとき',
      required: true,
      options: MAIL_AFTER_CRASH,
      defaultValue: 'at-most-once',
      admin: {
        description: '送っている途中で機械が止まったときの扱いです。LINE は二重に届きません。',
      },
    },
    {
      name: 'dailyCap',
      type: 'number',
      label: '1 日に 1 人へ送る数の上限(通)',
      required: true,
      defaultValue: 3,
      admin: { description: 'きょうだいの分を合わせた数です。1〜10 通。', step: 1 },
      validate: (value: unknown) =>
        Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 10
          ? true
          : '1 から 10 までの整数にしてください。',
    },
  ],
}

function windowGroup(name: string, label: string): Field {
  return {
    name,
    type: 'group',
    label,
    fields: [
      {
        type: 'row',
        fields: [
          timeField('from', '始まり', '09:00'),
          {
            ...timeField('to', '終わり', '20:00'),
            validate: (value: unknown, { siblingData }: { siblingData: unknown }) =>
              checkEndOfWindow(value, (siblingData as { from?: unknown }).from),
          },
        ],
      },
    ],
  }
}

function timeField(name: string, label: string, defaultValue: string) {
  return {
    name,
    type: 'text' as const,
    label,
    required: true,
    defaultValue,
    hooks: {
      beforeValidate: [
        ({ value }: { value?: unknown }) => (typeof value === 'string' ? readCode(value) : value),
      ],
    },
    validate: (value: unknown) => checkTime(value),
  }
}

function checkEndOfWindow(to: unknown, from: unknown): true | string {
  const verdict = checkTime(to)
  if (verdict !== true || checkTime(from) !== true) return verdict
  return String(to) > String(from)
    ? true
    : `終わり(${String(to)})を始まり(${String(from)})より後の時刻にしてください。日をまたぐ時間は使えません(24:00 までです)。`
}

function takesLine(data: unknown): boolean {
  const channels: unknown = (data as { channels?: unknown } | undefined)?.channels
  return Array.isArray(channels) && channels.includes('line')
}
