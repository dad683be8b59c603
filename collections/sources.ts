import type { CollectionConfig, Field } from 'payload'

import { auditSettings } from '../src/audit/auditSettings'
import { checkOneLine, isEmpty } from '../src/fields/checks'
import { ownMunicipalityField } from '../src/fields/relations'
import { sourcesAccess, writtenByHooks, writtenOnce } from '../src/people/access'
import { isOnlyContributor } from '../src/people/roles'
import type { KizunaSettings } from '../src/plugin/options'
import { sourceEndpoints } from '../src/poster/endpoints'
import { auditMade, nameAndCode } from '../src/poster/sourceRules'
import { ownMunicipalityFirst } from '../src/proposal/hooks'
import { OCCASIONS } from '../src/source/occasions'

/**
 * The occasions and places through which families come to register. None is deleted: a code that is
 * printed stays its own.
 */
export function createSources(settings: KizunaSettings): CollectionConfig {
  return {
    slug: 'kizuna-sources',
    labels: { singular: 'きっかけ', plural: 'きっかけ' },
    access: sourcesAccess,
    admin: {
      hidden: ({ user }) => isOnlyContributor(user),
      group: false, // the plugin's own menu has it by role
      useAsTitle: 'name',
      defaultColumns: ['name', 'code', 'occasion', 'isActive', 'createdAt'],
      listSearchableFields: ['name', 'code', 'place'],
      description:
        '登録のきっかけになる場所や機会です。「ポスターとQR」で作ると、それぞれの QR コードとポスターができ、どこから登録されたかが数字で分かります。',
    },
    defaultSort: '-createdAt',
    disableDuplicate: true,
    disableBulkEdit: true,
    endpoints: settings.isDisabled ? [] : sourceEndpoints(settings),
    indexes: [{ fields: ['municipality', 'code'], unique: true }],
    hooks: {
      beforeValidate: [ownMunicipalityFirst],
      beforeChange: [nameAndCode],
      afterChange: [auditMade(settings), auditSettings(settings)],
    },
    fields,
  }
}

/** A line of a list on a phone. */
const MAX_PLACE = 40
const MAX_NAME = 60

const oneLine = (label: string, max: number) => (value: unknown) =>
  isEmpty(value) ? true : checkOneLine(value, label, max)

const fields: Field[] = [
  {
    name: 'occasion',
    type: 'select',
    label: '機会',
    required: true,
    options: [...OCCASIONS],
    access: writtenOnce,
    admin: { description: 'どんなときに知ってもらうかです。後から変えられません。' },
  },
  {
    name: 'place',
    type: 'text',
    label: '場所',
    maxLength: MAX_PLACE,
    access: writtenOnce,
    admin: { description: '例: さくら医院。なければ空のままで構いません。後から変えられません。' },
    validate: oneLine('場所', MAX_PLACE),
  },
  {
    name: 'name',
    type: 'text',
    label: '名前',
    maxLength: MAX_NAME,
    admin: { description: '空なら、機会と場所から付きます(例: 小児科(さくら医院))。' },
    validate: oneLine('名前', MAX_NAME),
  },
  {
    name: 'isActive',
    type: 'checkbox',
    label: '使っている',
    defaultValue: true,
    admin: {
      description:
        '外すと、「ポスターとQR」の一覧の下に移ります。配ったポスターの QR コードは、そのまま使えます。',
    },
  },
  { ...ownMunicipalityField, admin: { position: 'sidebar', readOnly: true } },
  {
    name: 'code',
    type: 'text',
    label: '記号',
    access: writtenByHooks,
    admin: {
      position: 'sidebar',
      readOnly: true,
      condition: (data) => Boolean(data.code),
      description: 'QR コードのアドレスに入ります。変わることも、ほかに使うこともありません。',
    },
  },
]
