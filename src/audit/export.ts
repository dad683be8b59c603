import type { PayloadRequest } from 'payload'

import { endpoint } from '../cms/endpoint'
import { ReviewRefusal } from '../cms/refusal'
import type { LocalDay } from '../stage/day'
import { StageError } from '../stage/error'
import { parseWrittenDay } from '../table/days'
import { auditHeader, auditRow } from './csv'
import { auditPages, type AuditDays } from './lines'

/**
 * `GET /api/kizuna-audit-log/export?from=2026-04-01&to=2026-04-30`: the audit log as CSV for Excel, streamed,
 * for those who may read it.
 */
export const exportAuditLog = endpoint({
  method: 'get',
  path: '/export',
  input: { read: daysOf },
  run: async ({ req, input: days }) => {
    const pages = auditPages(req, days)
    const first = await pages.next() // refuses before the answer begins
    return new Response(streamOf(first, pages), {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="audit-log.csv"; filename*=UTF-8''${fileName(days)}`,
        'Cache-Control': 'no-store',
      },
    })
  },
})

type Pages = ReturnType<typeof auditPages>

function streamOf(first: Awaited<ReturnType<Pages['next']>>, pages: Pages): ReadableStream {
  const encoder = new TextEncoder()
  let next = first
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(auditHeader())),
    pull: async (controller) => {
      if (next.done) {
        controller.close()
        return
      }
      const rows = next.value.map(auditRow).join('')
      next = await pages.next()
      if (rows) controller.enqueue(encoder.encode(rows))
      if (next.done) controller.close()
    },
    cancel: async () => {
      await pages.return(undefined)
    },
  })
}

function daysOf(req: PayloadRequest): AuditDays {
  const days = { from: dayOf(req, 'from'), to: dayOf(req, 'to') }
  if (days.from === null || days.to === null || days.from <= days.to) return days
  throw new ReviewRefusal('INCOMPLETE', '「ここから」の日を「ここまで」の日より前にしてください。')
}

function dayOf(req: PayloadRequest, name: 'from' | 'to'): LocalDay | null {
  const text = req.searchParams.get(name)
  if (!text) return null
  try {
    return parseWrittenDay(text)
  } catch (error) {
    if (!(error instanceof StageError)) throw error
    throw new ReviewRefusal('INCOMPLETE', error.message)
  }
}

function fileName({ from, to }: AuditDays): string {
  const period = [from, to].filter(Boolean).join('〜')
  return encodeURIComponent(`操作の記録${period && `_${period}`}.csv`)
}
