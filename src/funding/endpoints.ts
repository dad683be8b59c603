import type { Endpoint } from 'payload'
import { z } from 'zod'

import { address, endpoint, httpRefusal, jsonBody, loggedIn, saying } from '../cms/endpoint'
import { sheetResponse } from '../import/writeSheet'
import { loadFunding, type FundingReport } from './load'
import { beginFunding, copyFunding } from './operations'

interface Clock {
  now: () => Date
}

const place = z.object({
  municipality: z.string().max(100),
  fiscalYear: z.number().int().min(2000).max(2100),
})
const begun = place.extend({ template: z.string().max(100) })
const format = z.object({ format: z.enum(['xlsx', 'csv']) })

const UNREADABLE = '報告を作れません。ひな形と年度(2026 のような西暦の年度)を選んでください。'

const COLUMNS = [
  { name: 'label', aliases: ['項目'] },
  { name: 'plan', aliases: ['計画'] },
  { name: 'result', aliases: ['実績'] },
  { name: 'period', aliases: ['期間'] },
  { name: 'denominator', aliases: ['分母・出典'] },
  { name: 'definition', aliases: ['数え方'] },
  { name: 'note', aliases: ['備考'] },
].map((column) => ({ ...column, isRequired: false, description: '', example: '' }))

/**
 * `POST /kizuna-funding-reports/begin` from a template, `POST /:id/copy` to another year or municipality,
 * and `GET /:id/export?format` for a town hall's spreadsheet.
 */
export function fundingEndpoints({ now }: Clock): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/begin',
      who: loggedIn,
      input: jsonBody(begun, saying(UNREADABLE)),
      run: async ({ req, input }) => ({ id: await beginFunding(req, input) }),
    }),
    endpoint({
      method: 'post',
      path: '/:id/copy',
      who: loggedIn,
      input: jsonBody(place, saying(UNREADABLE)),
      run: async ({ req, id, input }) => ({
        id: await copyFunding(req, { id, ...input }),
      }),
    }),
    endpoint({
      method: 'get',
      path: '/:id/export',
      who: loggedIn,
      input: address(format, () =>
        httpRefusal('ファイルの形を xlsx か csv で指定してください。', 400),
      ),
      run: async ({ req, id, input: { format: kind } }) => {
        const report = await loadFunding(req, id, now())
        const fileName = `funding-${report.fiscalYear}-${report.madeOn}.${kind}`
        const sheet = { columns: COLUMNS, format: kind, name: '報告', fileName }
        return sheetResponse(sheetRows(report), sheet)
      },
    }),
  ]
}

/** The report as it stands on the page: whose it is first, then its lines. *Pure.* */
export function sheetRows({ title, town, fiscalYear, period, rows, madeOn }: FundingReport) {
  const of = `${town.name} ${period?.label ?? `${fiscalYear}年度`}`
  const head = { label: title, plan: '', result: of, period: '', denominator: '', definition: '' }
  return [{ ...head, note: `${madeOn} 作成` }, ...rows]
}
