import type { Endpoint, PayloadRequest, Where } from 'payload'
import { z } from 'zod'

import { CONTENT_KINDS, kindOfSheet, SHEET_WORDS } from '../release/contentKind'
import { address, endpoint, fieldsIn, httpRefusal, loggedInElse401, word } from '../cms/endpoint'
import type { Refuse } from '../cms/endpoint'
import { canExport, canImport } from '../people/roles'
import { inLine } from '../cms/inLine'
import { findTextIds } from '../review/queries/searchTexts'
import { readTextQuestion } from '../review/rules/textSearch'
import { localDayOf } from '../stage/day'
import { runExport } from './runExport'
import { runImport } from './runImport'
import { sentTable } from './sentTable'
import { download, MEDIA_TYPES } from './writeSheet'

const KIND = z.enum(SHEET_WORDS)
const importQuery = z.object({
  kind: KIND,
  dryRun: z.enum(['true', 'false']),
  agreedTo: word.optional(),
})
/** The filter of a list: that it is JSON was asked before (`checkParameters`), that it is a filter the operation asks. */
const whereJson = z
  .string()
  .max(8000)
  .transform((text) => JSON.parse(text) as Where)
const exportQuery = z.object({
  kind: KIND,
  format: z.enum(['xlsx', 'csv']),
  owner: z
    .string()
    .regex(/^[0-9a-f]{24}$/)
    .optional(),
  state: word.optional(),
  words: word.optional(),
  search: word.optional(),
  where: whereJson.optional(),
})

/**
 * `POST /sheets/import?kind&dryRun[&agreedTo]` with the file as the body answers an
 * {@link ImportReport}; `GET /sheets/export?kind&format[&owner][&state][&words][&search][&where]` answers
 * a file: with a state or words, what 「原稿をさがす」 finds by them; with a search or a filter (JSON), what
 * the collection's own list shows.
 */
export function sheetEndpoints({ now }: { now: () => Date }): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/sheets/import',
      who: loggedInElse401,
      input: address(importQuery, unreadable),
      run: async ({ req, input: { kind, dryRun, agreedTo } }) => {
        refuseUnless(canImport(req.user, kind), 'このファイルを取り込む権限がありません。')
        return inLine(`sheets:${req.user?.id}`, async () => {
          const table = await sentTable(req)
          const { payload, user } = req
          const isDryRun = dryRun === 'true'
          return runImport({ payload, user, kind, ...table, isDryRun, agreedTo, now })
        })
      },
    }),
    endpoint({
      method: 'get',
      path: '/sheets/export',
      who: loggedInElse401,
      input: address(exportQuery, unreadable),
      run: async ({ req, input: { kind, format, owner = null, where, search, ...asked } }) => {
        refuseUnless(canExport(req.user, kind), '書き出す権限がありません。')
        const { bytes } = await inLine(`sheets:${req.user?.id}`, async () => {
          const ids = await foundIds(req, { kind, ...asked }, now())
          return runExport(req, {
            kind,
            format,
            owner,
            ids,
            list: { where, search },
            isUsersOwn: true,
          })
        })
        return download(bytes, `${kind}-${localDayOf(now())}.${format}`, MEDIA_TYPES[format])
      },
    }),
  ]
}

/** What the list is narrowed to, or null for all. */
async function foundIds(
  req: PayloadRequest,
  { kind, state, words }: Pick<z.output<typeof exportQuery>, 'kind' | 'state' | 'words'>,
  now: Date,
): Promise<string[] | null> {
  const { collection } = CONTENT_KINDS[kindOfSheet(kind)]
  const question = readTextQuestion({ kind: collection, state, words }, [collection])
  if (question.state === '' && question.words === '') return null
  return findTextIds(req, question, now)
}

const unreadable: Refuse = (issues) =>
  httpRefusal(`求められた内容を読めません(${fieldsIn(issues)})。`, 400)

function refuseUnless(isAllowed: boolean, sentence: string): void {
  if (!isAllowed) throw httpRefusal(sentence, 403)
}
