import { z } from 'zod'

import type { CmsPart } from '../../src/archive/ownPart'
import { readActs, type GivenAct } from '../../src/operation/act'

/** The CMS did not answer as expected; what was synced goes on being used. */
export class CmsError extends Error {
  readonly code = 'CMS_UNAVAILABLE'
}

/**
 * Works with the CMS, which may be away: false then, and it is to be tried another time.
 *
 * @throws whatever else the work throws.
 */
export async function isDoneByCms(work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (error instanceof CmsError) return false
    throw error
  }
}

interface CmsOptions {
  /** Origin of the CMS. */
  url: string
  apiKey: string
  timeoutMs?: number
}

/** What the CMS answered with success. */
interface Answer {
  status: number
  body: unknown
}

/** What Payload answers to a document that was created; a page that stands before it says 200. */
const CREATED = 201

/** One page of documents of a collection. */
const pageSchema = z.object({ docs: z.array(z.unknown()), hasNextPage: z.boolean().optional() })

const takeoutPaths = z.object({ paths: z.array(z.string()) })

/** A file of an archive goes as fast as whoever receives it takes it. */
const TAKEOUT_MS = 30 * 60_000

/** Documents of one page; larger answers block the CMS for long. */
export const PAGE_SIZE = 500

/** What the network said; fetch itself only says that it failed. *Pure.* */
function whyOf({ name, cause }: Error): string {
  return (cause as NodeJS.ErrnoException | undefined)?.code ?? name
}

/** Says that an answer ended before its end. */
function cutOff(path: string) {
  return (error: Error): never => {
    throw new CmsError(`CMS の答えを最後まで読めません(${path.split('?')[0]}、${error.name})。`)
  }
}

/** A request that sends JSON. *Pure.* */
function posted(body: object): RequestInit {
  const headers = { 'Content-Type': 'application/json' }
  return { method: 'POST', body: JSON.stringify(body), headers }
}

/** Reads the CMS over REST with the service account's key. */
export function createCms({ url, apiKey, timeoutMs = 20_000 }: CmsOptions) {
  const headers = { Authorization: `kizuna-service-accounts API-Key ${apiKey}` }

  const ask = async (
    path: string,
    init: RequestInit = {},
    withinMs = timeoutMs,
  ): Promise<Response> => {
    const signal = AbortSignal.timeout(withinMs)
    const request = { ...init, headers: { ...headers, ...init.headers }, signal }
    const response = await fetch(`${url}/api/${path}`, request).catch((error: Error) => {
      throw new CmsError(
        `CMS(${url})に接続できません(${whyOf(error)})。CMS が動いているか、CMS_URL が正しいかを確かめてください。`,
      )
    })
    if (!response.ok) {
      await response.body?.cancel()
      throw new CmsError(`CMS が ${response.status} を返しました(${path.split('?')[0]})。`)
    }
    return response
  }

  const call = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await ask(path, init)
    const body: unknown = await response.json().catch(cutOff(path))
    return { status: response.status, body }
  }

  /** The file of a picture that a release shows, by its name there. */
  const picture = async (name: string): Promise<Buffer> => {
    const path = `kizuna-pictures/${name}`
    const response = await ask(path)
    return Buffer.from(await response.arrayBuffer().catch(cutOff(path)))
  }

  /** What of a municipality's own the CMS gives, in the name that a token has sealed. */
  const takeoutPart = (token: string): CmsPart => {
    return {
      paths: async () => {
        const { body } = await call('takeout/part', posted({ token }))
        return takeoutPaths.parse(body).paths
      },
      content: async function* (path) {
        const response = await ask('takeout/part', posted({ token, path }), TAKEOUT_MS)
        if (response.body) yield* response.body
      },
    }
  }

  const find = async (path: string) => {
    const { body } = await call(path)
    const page = pageSchema.safeParse(body)
    if (page.success) return page.data
    throw new CmsError(`CMS の答えに文書の一覧がありません(${path.split('?')[0]})。`)
  }

  /** Every document of a small collection, page by page. */
  const all = async (collection: string): Promise<unknown[]> => {
    const documents: unknown[] = []
    for (let page = 1; ; page += 1) {
      const answer = await find(`${collection}?depth=0&limit=${PAGE_SIZE}&page=${page}&sort=id`)
      documents.push(...answer.docs)
      if (!answer.hasNextPage) return documents
    }
  }

  /** Releases after an id, in pages of ascending ids. */
  async function* releasesAfter(after: string | null): AsyncGenerator<unknown[]> {
    for (let last = after; ;) {
      const from = last === null ? '' : `&where[id][greater_than]=${encodeURIComponent(last)}`
      const { docs } = await find(`kizuna-releases?depth=0&limit=${PAGE_SIZE}&sort=id${from}`)
      if (docs.length > 0) yield docs
      if (docs.length < PAGE_SIZE) return
      last = String((docs.at(-1) as { id: unknown }).id)
    }
  }

  /** Reports of a day and later, the newest days first; one page of them, from 1. */
  const reportsSince = async (date: string, page: number): Promise<unknown[]> => {
    const query = `depth=0&limit=${PAGE_SIZE}&page=${page}&sort=-date`
    const { docs } = await find(`kizuna-reports?${query}&where[date][greater_than_equal]=${date}`)
    return docs
  }

  const create = async (collection: string, document: object, name: string): Promise<void> => {
    const { status } = await call(collection, posted(document))
    if (status !== CREATED) throw new CmsError(`CMS が${name}を受け取りませんでした(${status})。`)
  }

  const createReport = (report: object) => create('kizuna-reports', report, '報告')

  const createMonthFigures = (told: object) => create('kizuna-statistics', told, '月の数字')

  /** Whether the CMS has a voice, by its id. */
  const hasVoice = async (id: string): Promise<boolean> => {
    const { docs } = await find(`kizuna-voices?depth=0&limit=1&where[id][equals]=${id}`)
    return docs.length > 0
  }

  const createVoice = (voice: object) => create('kizuna-voices', voice, '読者の声')

  /** Whether the CMS has a step of an alert, by its key. */
  const hasAlertStep = async (key: string): Promise<boolean> => {
    const { docs } = await find(`kizuna-alerts?depth=0&limit=1&where[key][equals]=${key}`)
    return docs.length > 0
  }

  const createAlertStep = (step: object) => create('kizuna-alerts', step, '緊急のお知らせの結果')
  /** Whether the CMS has the results of a survey in a municipality, both by their ids there. */
  const hasSurveyResult = async (of: {
    survey: string
    municipality: string
  }): Promise<boolean> => {
    const where = `where[survey][equals]=${of.survey}&where[municipality][equals]=${of.municipality}`
    const { docs } = await find(`kizuna-survey-results?depth=0&limit=1&${where}`)
    return docs.length > 0
  }

  const createSurveyResult = (result: object) =>
    create('kizuna-survey-results', result, 'アンケートの結果')

  /** Tells how deliveries stand; see `src/watch/endpoints.ts`. */
  const tellStatus = async (status: object): Promise<void> => {
    await call('operation/status', posted(status))
  }

  /** What people ask of deliveries, in the order in which they asked. */
  const acts = async (): Promise<GivenAct[]> => {
    const { body } = await call('operation/acts')
    const given = readActs(body)
    if (!given) throw new CmsError('CMS の答えを読めません(operation/acts)。')
    return given
  }

  /** What was asked is done, or does not apply any more. */
  const endAct = async (id: string): Promise<void> => {
    await call('operation/acts/done', posted({ id }))
  }

  /** What was done in the shell, for the log. */
  const tellAct = async (done: GivenAct): Promise<void> => {
    await call('operation/acts/told', posted(done))
  }

  /** Tells how far a move of readers between accounts has come; see `src/accountMoves/endpoints.ts`. */
  const tellMove = async (id: string, told: object): Promise<void> => {
    await call(`kizuna-account-moves/${id}/tell`, posted(told))
  }

  /** The figures that the CMS has of a municipality's month, or null. */
  const monthFigures = async (municipality: string, month: string): Promise<unknown> => {
    const where = `where[municipality][equals]=${municipality}&where[month][equals]=${month}`
    const { docs } = await find(`kizuna-statistics?depth=0&limit=1&${where}`)
    return (docs[0] as { figures?: unknown } | undefined)?.figures ?? null
  }
  return {
    all,
    releasesAfter,
    picture,
    takeoutPart,
    reportsSince,
    createReport,
    monthFigures,
    createMonthFigures,
    hasAlertStep,
    createAlertStep,
    hasVoice,
    createVoice,
    hasSurveyResult,
    createSurveyResult,
    tellMove,
    tellStatus,
    acts,
    endAct,
    tellAct,
  }
}

/** The CMS as the worker sees it. */
export type Cms = ReturnType<typeof createCms>
