import type { Endpoint } from 'payload'
import { z } from 'zod'

import { address, endpoint, httpRefusal, loggedInElse401, word } from '../cms/endpoint'
import { sheetResponse } from '../import/writeSheet'
import { FIGURE_COLUMNS } from '../numbers/export'
import { hasRole, NUMBERS_PEOPLE } from '../people/roles'
import { localDayOf } from '../stage/day'
import { reportRows } from '../survey/report'
import { loadResults } from './loadResults'

const query = z.object({
  survey: word,
  municipality: word.optional(),
  format: z.enum(['xlsx', 'csv']),
})

/** `GET /surveys/export?survey&municipality&format` answers what the results show, as a file. */
export function surveyExportEndpoint({ now }: { now: () => Date }): Endpoint {
  return endpoint({
    method: 'get',
    path: '/surveys/export',
    who: loggedInElse401,
    input: address(query, () =>
      httpRefusal('どのアンケートかと、ファイルの形(xlsx か csv)を指定してください。', 400),
    ),
    run: async ({ req, input: { format, ...question } }) => {
      if (!hasRole(req.user, ...NUMBERS_PEOPLE)) {
        throw httpRefusal('アンケートの結果を書き出す権限がありません。', 403)
      }
      const results = await loadResults(req, question)
      if (!results) throw httpRefusal('このアンケートの結果は、まだありません。', 404)
      const { title, town, towns, report } = results
      const of = `${title} ${town?.name ?? `(${towns.length} 自治体)`}`
      const fileName = `survey-${localDayOf(now())}.${format}`
      const sheet = { columns: FIGURE_COLUMNS, format, name: 'アンケート', fileName }
      return sheetResponse(reportRows(of, report), sheet)
    },
  })
}
