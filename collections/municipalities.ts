import type { CollectionBeforeValidateHook, CollectionConfig } from 'payload'

import type { KizunaSettings } from '../src/plugin/options'
import { municipalitiesAccess } from '../src/people/access'
import { isOnlyContributor } from '../src/people/roles'
import { auditCreation } from '../src/audit/auditExistence'
import { auditSettings } from '../src/audit/auditSettings'
import { byField, keepWhileUsed } from '../src/cms/inUse'
import { channelTab } from '../src/municipality/channelTab'
import { contactTab } from '../src/municipality/contactField'
import { nameTab } from '../src/municipality/nameTab'
import { auditPause, keepPause } from '../src/municipality/pause'
import { pauseFields } from '../src/municipality/pauseFields'
import { seriesTaken } from '../src/municipality/seriesRows'
import { keepWhileMoving } from '../src/accountMoves/keepWhileMoving'
import { proposalEndpointsOf } from '../src/municipality/changeEndpoints'
import { WORD_FIELDS } from '../src/municipality/townWords'
import { readOtherNames, withOwnHost } from '../src/municipality/wordChecks'
import { refuseChangedWords, refuseUnconfirmedWords } from '../src/municipality/wordsGate'
import { carryWords } from '../src/municipality/words'
import { senderCheckEndpoints } from '../src/municipality/senderCheckEndpoints'
import { pauseEffect, wordsEffect } from '../src/reach/endpoints'

/** The tenants: what a municipality is called, sends and takes. */
export function createMunicipalities(settings: KizunaSettings): CollectionConfig {
  return {
    slug: 'kizuna-municipalities',
    labels: { singular: '自治体', plural: '自治体' },
    access: municipalitiesAccess,
    admin: {
      hidden: ({ user }) => isOnlyContributor(user),
      group: false, // the plugin's own menu has it by role
      useAsTitle: 'name',
      defaultColumns: ['name', 'code', 'senderName', 'channels', 'isActive'],
      listSearchableFields: ['name', 'code'],
      description: '配信元になる自治体です。名前・窓口・送る時間・使うシリーズを決めます。',
    },
    defaultSort: 'code',
    disableDuplicate: true,
    disableBulkEdit: true,
    endpoints: settings.isDisabled
      ? []
      : [
          ...proposalEndpointsOf(settings),
          wordsEffect(settings),
          pauseEffect(settings),
          ...senderCheckEndpoints(settings),
        ],
    hooks: {
      beforeOperation: [refuseUnconfirmedWords],
      beforeValidate: [ownHostFirst, keepPause(settings), readOtherNames],
      beforeChange: [keepWhileMoving],
      afterChange: [
        refuseChangedWords,
        auditCreation(settings),
        carryWords(settings),
        auditPause(settings),
        auditOthers(settings),
      ],
      beforeDelete: [keepWhileUsed(USES, ADVICE)],
    },
    fields: [
      {
        name: 'wordChange',
        type: 'ui',
        label: '変更の提案',
        admin: { components: { Field: 'kizuna/client#WordChange' }, disableListColumn: true },
      },
      {
        type: 'tabs',
        tabs: [nameTab(settings), channelTab, contactTab, { ...seriesTab, fields: [seriesTaken] }],
      },
      {
        name: 'calendarLink',
        type: 'ui',
        label: '配信カレンダー',
        admin: {
          position: 'sidebar',
          components: { Field: 'kizuna/client#TownCalendarLink' },
          disableListColumn: true,
        },
      },
      ...pauseFields,
    ],
  }
}

/** All settings but those whose change is audited with what it does to readers. */
const auditOthers = ({ now }: KizunaSettings) =>
  auditSettings({ now, except: [...WORD_FIELDS, 'isActive', 'pauseReason', 'pausedUntil'] })

/** A new municipality's page stands on a host of its own. */
const ownHostFirst: CollectionBeforeValidateHook = ({ data, operation }) =>
  operation === 'create' && data ? withOwnHost(data) : data

const USES = [
  byField('kizuna-add-ons', '自治体原稿', 'municipality'),
  byField('kizuna-releases', '確定版', 'municipality'),
  byField(null, 'ユーザー', 'kizunaMunicipality'),
  byField('kizuna-municipality-changes', '自治体の変更', 'municipality'),
  byField('kizuna-hidden-texts', '出さない原稿', 'municipality'),
  byField('kizuna-media', '画像', 'municipality'),
  byField('kizuna-sources', 'きっかけ', 'municipality'),
  byField('kizuna-reports', '日報', 'municipality'),
  byField('kizuna-statistics', '月の数字', 'municipality'),
  byField('kizuna-denominators', '分母', 'municipality'),
  byField('kizuna-account-moves', 'アカウントの引っ越し', 'municipality'),
  byField('kizuna-funding-reports', '交付金の報告', 'municipality'),
  byField('kizuna-surveys', 'アンケート', 'municipality'),
  byField('kizuna-survey-results', 'アンケートの結果', 'municipality'),
  byField('kizuna-voices', '読者の声', 'municipality'),
  byField('kizuna-alerts', '緊急のお知らせ', 'municipality'),
]

const ADVICE = '配信をやめるときは、消さずに「配信する」のチェックを外してください。'

const seriesTab = {
  label: '使うシリーズ',
  description: 'どのシリーズを、いつの読者に送るかを決めます。',
}
