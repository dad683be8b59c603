import type { Endpoint } from 'payload'
import { z } from 'zod'

import { address, endpoint, httpRefusal, loggedInElse401, word } from '../cms/endpoint'
import { sheetResponse } from '../import/writeSheet'
import { hasRole, NUMBERS_PEOPLE } from '../people/roles'
import type { KizunaSettings } from '../plugin/options'
import { localDayOf } from '../stage/day'
import { footnoteOf, type NumbersReport } from '../statistics/report'
import { loadNumbers, type Numbers } from './load'

const query = z.object({
  municipality: word.optional(),
  period: word.optional(),
  format: z.enum(['xlsx', 'csv']),
})

/** Columns of a file of figures, one figure a row. */
export const FIGURE_COLUMNS = [
  { name: 'title', aliases: ['表'] },
  { name: 'item', aliases: ['項目'] },
  { name: 'figure', aliases: ['数'] },
  { name: 'note', aliases: ['補足'] },
].map((column) => ({ ...column, isRequired: false, description: '', example: '' }))

/** `GET /numbers/export?municipality&period&format` answers what the page 「数字」 shows, as a file. */
export function exportEndpoint(settings: Pick<KizunaSettings, 'now' | 'editions'>): Endpoint {
  return endpoint({
    method: 'get',
    path: '/numbers/export',
    who: loggedInElse401,
    input: address(query, () =>
      httpRefusal('ファイルの形を xlsx か csv で指定してください。', 400),
    ),
    run: async ({ req, input: { format, ...question } }) => {
      if (!hasRole(req.user, ...NUMBERS_PEOPLE)) {
        throw httpRefusal('数字を書き出す権限がありません。', 403)
      }
      const numbers = await loadNumbers(req, question, settings)
      if (!numbers) throw httpRefusal('この自治体は見つからないか、見る権限がありません。', 404)
      const fileName = `numbers-${numbers.report.period.key}-${localDayOf(settings.now())}.${format}`
      const sheet = { columns: FIGURE_COLUMNS, format, name: '数字', fileName }
      return sheetResponse(rowsOf(numbers), sheet)
    },
  })
}

/** All that the page says, one figure a row. *Pure.* */
export function rowsOf({ town, towns, report }: Pick<Numbers, 'town' | 'towns' | 'report'>) {
  const of = town?.name ?? `すべての自治体(${towns.length} 自治体)`
  const footnote = footnoteOf(report)
  const rows = [
    { title: '数字', item: of, figure: report.period.label, note: '' },
    ...rateRows(report),
    ...report.tables.flatMap(({ title, rows: own, note: whole = '' }) =>
      own.map(({ item, figure, note }, at) => ({
        title,
        item,
        figure,
        note: [note, at === 0 && whole].filter(Boolean).join(' '),
      })),
    ),
  ]
  return footnote ? [...rows, { title: '※', item: '', figure: '', note: footnote }] : rows
}

function rateRows({ handbooks, births }: NumbersReport) {
  const rates = [
    ['登録 ÷ 母子健康手帳の交付', handbooks],
    ['1 年度の登録 ÷ 出生', births],
  ] as const
  return rates.flatMap(([title, { of, words }]) =>
    words === null ? [] : [{ title, item: of, figure: words, note: '' }],
  )
}
