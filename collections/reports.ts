import type { CollectionBeforeChangeHook, CollectionConfig } from 'payload'

import { readForecast } from '../src/plan/forecast'
import { readWithdrawals } from '../src/plan/withdrawals'
import { reportsAccess, writtenByHooks } from '../src/people/access'
import { relatedId } from '../src/cms/relation'
import { checkDay, isEmpty } from '../src/fields/checks'
import { municipalityOf } from '../src/cms/municipalityOf'
import { INSERT_ONLY, STORED } from '../src/fields/readOnly'
import { municipalityField } from '../src/fields/relations'
import { dayLabel } from '../src/stage/japaneseDate'

/** A municipality's figures of one day; numbers only, never a person. */
export function createReports(): CollectionConfig {
  return {
    slug: 'kizuna-reports',
    labels: { singular: '日報', plural: '日報' },
    access: reportsAccess,
    admin: {
      group: false, // the plugin's own menu has it by role
      useAsTitle: 'title',
      defaultColumns: ['title', 'date', 'municipality', 'createdAt'],
      description:
        '配信プログラムが 1 日に 1 回書きます。人数が少ない項目は、個人が分からないように隠してあります。',
    },
    defaultSort: '-date',
    ...INSERT_ONLY,
    // Payload sorts a list by its field and by the instant of making.
    indexes: [{ fields: ['date', 'createdAt'] }],
    hooks: { beforeChange: [giveTitle] },
    fields: [
      { name: 'title', type: 'text', label: '題名', access: writtenByHooks },
      { ...municipalityField, required: true },
      {
        name: 'date',
        type: 'text',
        label: '配信した日',
        required: true,
        index: true,
        admin: { components: { Cell: 'kizuna/client#DayCell' } },
        validate: (value: unknown) =>
          isEmpty(value) ? '日付を 2026-04-01 の形で入れてください。' : checkDay(value),
      },
      {
        name: 'numbers',
        type: 'json',
        label: '数字',
        required: true,
        admin: {
          ...STORED,
          description: '「—」は、個人が分からないように隠した小さな数です(0 のこともあります)。',
        },
        validate: (value: unknown) =>
          typeof value === 'object' && value !== null && !Array.isArray(value)
            ? true
            : '数字は { "名前": 数 } の形にしてください。',
      },
      {
        name: 'isFinal',
        type: 'checkbox',
        label: '1 日が終わったあとの数字',
        defaultValue: false,
        admin: { description: '印がないものは、その日の配信が終わった時点の速報です。' },
      },
      {
        name: 'withdrawals',
        type: 'json',
        label: '取り下げた原稿',
        admin: STORED,
        validate: (value: unknown) => checkPart(value, readWithdrawals),
      },
      {
        name: 'notices',
        type: 'json',
        label: 'お知らせ',
        admin: STORED,
        validate: (value: unknown) => checkPart(value, readWithdrawals),
      },
      {
        name: 'forecast',
        type: 'json',
        label: '次の日の読者の見込み',
        admin: STORED,
        validate: (value: unknown) => checkPart(value, readForecast),
      },
    ],
  }
}

/** Parts that the worker may leave out must be readable when they are there. */
function checkPart(value: unknown, read: (value: unknown) => unknown): true | string {
  if (isEmpty(value) || read(value) !== null) return true
  return '配信プログラムの書いた数字を読めません。配信プログラムと管理画面の版をそろえてください。'
}

const giveTitle: CollectionBeforeChangeHook = async ({ data, req }) => {
  const municipality = await municipalityOf(relatedId(data.municipality), req)
  // Payload asks the fields after this hook: nothing may stand here that no field would take.
  const isDay = !isEmpty(data.date) && checkDay(data.date) === true
  const day = isDay ? dayLabel(String(data.date)) : String(data.date)
  const kind = data.isFinal ? '' : '(速報)'
  return { ...data, title: `${day} ${municipality?.name ?? ''}の日報${kind}` }
}
