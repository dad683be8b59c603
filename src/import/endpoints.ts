import { APIError } from 'payload'
import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'

import { SHEET_WORDS } from '../release/contentKind'
import { canExport, canImport } from '../people/roles'
import { localDayOf } from '../stage/day'
import { ImportFileError } from './csv'
import { FILE_TOO_LARGE, MAX_FILE_BYTES } from './fileLimits'
import { readImportFile } from './importFile'
import { runExport } from './runExport'
import { runImport } from './runImport'
import { MEDIA_TYPES } from './writeSheet'

const KIND = z.enum(SHEET_WORDS)
const importQuery = z.object({
  kind: KIND,
  dryRun: z.enum(['true', 'false']),
  agreedTo: z.string().optional(),
})
const exportQuery = z.object({
  kind: KIND,
  format: z.enum(['xlsx', 'csv']),
  owner: z
    .string()
    .regex(/^[0-9a-f]{24}$/)
    .optional(),
})

/**
 * `POST /sheets/import?kind&dryRun[&agreedTo]` with the file as the body answers an
 * {@link ImportReport}; `GET /sheets/export?kind&format[&owner]` answers a file.
 */
export function sheetEndpoints({ now }: { now: () => Date }): Endpoint[] {
  return [
    { path: '/sheets/import', method: 'post', handler: (req) => importSheet(req, now) },
    { path: '/sheets/export', method: 'get', handler: (req) => exportSheet(req, now) },
  ]
}

async function importSheet(req: PayloadRequest, now: () => Date): Promise<Response> {
  const { kind, dryRun, agreedTo } = queryOf(req, importQuery)
  if (!canImport(req.user, kind)) throw refusal('このファイルを取り込む権限がありません。', 403)
  const source = await sourceOf(await bodyOf(req))
  const { payload, user } = req
  const isDryRun = dryRun === 'true'
  return Response.json(await runImport({ payload, user, kind, source, isDryRun, agreedTo, now }))
}

async function exportSheet(req: PayloadRequest, now: () => Date): Promise<Response> {
  const { kind, format, owner = null } = queryOf(req, exportQuery)
  if (!canExport(req.user, kind)) throw refusal('書き出す権限がありません。', 403)
  const { bytes } = await runExport(req, { kind, format, owner, isUsersOwn: true })
  const name = `${kind}-${localDayOf(now())}.${format}`
  return new Response(Buffer.from(bytes), {
    headers: {
      'content-type': MEDIA_TYPES[format],
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
}

function queryOf<T>(req: PayloadRequest, schema: z.ZodType<T>): T {
  if (!req.user) throw refusal('ログインしてください。', 401)
  const parsed = schema.safeParse(Object.fromEntries(req.searchParams))
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map(({ path }) => path.join('.')).join('、')
  throw refusal(`求められた内容を読めません(${fields})。`, 400)
}

/** The body, and never more of it than a file may have: a larger one is not read to its end. */
async function bodyOf(req: PayloadRequest): Promise<Buffer> {
  if (Number(req.headers.get('content-length') ?? 0) > MAX_FILE_BYTES) {
    throw refusal(FILE_TOO_LARGE, 413)
  }
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = req.body?.getReader()
  for (;;) {
    const { value } = (await reader?.read()) ?? {}
    if (!value) return Buffer.concat(chunks)
    length += value.length
    if (length > MAX_FILE_BYTES) {
      await reader?.cancel()
      throw refusal(FILE_TOO_LARGE, 413)
    }
    chunks.push(value)
  }
}

async function sourceOf(bytes: Buffer) {
  try {
    return await readImportFile(bytes)
  } catch (error) {
    throw error instanceof ImportFileError ? refusal(error.message, 400) : error
  }
}

function refusal(sentence: string, status: number): Error {
  return new APIError(sentence, status, undefined, true)
}
