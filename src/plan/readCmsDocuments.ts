import { isOpenStage, isToFirst } from '../accounts/moveStage'
import { readHour } from '../stage/localTime'
import { z } from 'zod'

import type { Release, ReleaseContent } from '../release/content'
import type { HiddenText } from './hidden'
import type { ChannelName, LineAccount, MunicipalitySettings, OpenMove } from './settings'

/** A municipality as the worker holds it; `cmsId` addresses it in the CMS. */
export interface SyncedMunicipality extends MunicipalitySettings {
  cmsId: string
}

const id = z.union([z.string(), z.number()]).transform(String)
const optionalText = z
  .string()
  .nullish()
  .transform((text) => text || null)
const slotCode = optionalText

const releaseSchema = z.object({
  id,
  key: z.string(),
  revision: z.number(),
  action: z.enum(['publish', 'withdraw']),
  content: z.record(z.string(), z.unknown()),
  contentHash: z.string(),
  variables: z
    .record(z.string(), z.string())
    .nullish()
    .transform((variables) => variables ?? {}),
  publishedAt: z.string(),
  reviewDueAt: optionalText,
  whenOverdue: z.enum(['warn', 'stop']).default('warn'),
})

/**
 * A release as the CMS's REST serves it. *Pure.*
 *
 * @throws ZodError when it is not one.
 */
export function readRelease(document: unknown): Release {
  const { content, ...release } = releaseSchema.parse(document)
  // frozen by our own CMS; whoever uses it checks its hash first, so its shape is not read again
  return { ...release, content: content as unknown as ReleaseContent }
}

const time = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/)
const window = z.object({ from: time, to: time })

/** It stands under every text, so what is no line of words is no setting. */
const line = z.string().max(1000)

const municipalitySchema = z.object({
  id,
  code: z.string(),
  name: line,
  senderName: line,
  mailFrom: line,
  isActive: z.boolean().nullish(),
  pausedUntil: optionalText,
  channels: z.array(z.enum(['line', 'mail'])),
  lineAccount: z
    .union([id, z.object({ id })])
    .nullish()
    .transform((account) => (typeof account === 'object' ? (account?.id ?? null) : account)),
  series: z
    .array(
      z.object({
        series: z.union([id, z.object({ id }).transform((series) => series.id)]),
        from: slotCode,
        to: slotCode,
        isEndIncluded: z.boolean().nullish(),
        effectiveFrom: optionalText,
        effectiveTo: optionalText,
      }),
    )
    .nullish(),
  editions: z.array(z.string()),
  areas: z.array(z.object({ name: z.string() })).nullish(),
  consentVersions: z.array(z.string()).nullish(),
  windows: z.object({ line: window, mail: window }),
  hours: z.array(z.string().transform(readHour).pipe(time)).nullish(),
  contact: z.object({
    department: line,
    phone: line,
    hours: line,
    url: optionalText,
  }),
  mailAfterCrash: z.enum(['at-most-once', 'at-least-once']).default('at-most-once'),
  dailyCap: z.number().int().positive().default(3),
  accent: optionalText,
})

/**
 * A municipality as the CMS's REST serves it at depth 0; its series get their codes, and `hidden`
 * are the texts of {@link readHiddenTexts}. *Pure.*
 *
 * @throws ZodError when it is not one; UnknownSeriesError
 */
export function readMunicipality(
  document: unknown,
  seriesCodes: ReadonlyMap<string, string>,
  hidden: ReadonlyMap<string, readonly HiddenText[]> = new Map(),
): SyncedMunicipality {
  const {
    id: cmsId,
    series,
    areas,
    isActive,
    pausedUntil,
    lineAccount,
    consentVersions,
    hours,
    ...rest
  } = municipalitySchema.parse(document)
  return {
    ...rest,
    cmsId,
    hidden: hidden.get(cmsId) ?? [],
    lineAccount: lineAccount ?? null,
    isActive: isActive ?? true,
    ...(isActive === false && pausedUntil !== null && { pausedUntil }),
    areas: (areas ?? []).map(({ name }) => name),
    ...(consentVersions?.length && { consentVersions }),
    ...(hours?.length && { hours }),
    series: (series ?? []).map(({ series: ref, isEndIncluded, ...taken }) => ({
      ...taken,
      series: codeOf(seriesCodes, ref),
      isEndIncluded: isEndIncluded ?? true,
    })),
  }
}

/**
 * A municipality as it sends while its readers move: in the CMS its own settings change at the last step
 * alone. *Pure.*
 */
export function whileMoving(
  town: SyncedMunicipality,
  move: OpenMove | undefined,
): SyncedMunicipality {
  if (!move) return town
  const channels = [...new Set<ChannelName>([...town.channels, 'line'])]
  return { ...town, channels, lineAccount: isToFirst(move) ? move.to : town.lineAccount, move }
}

const reference = z.union([id, z.object({ id }).transform((related) => related.id)])

const hiddenSchema = z.object({
  municipality: reference,
  series: reference,
  slot: z.string(),
  edition: optionalText,
  isAllEditions: z.boolean().nullish(),
  from: optionalText,
  to: optionalText,
})

/** Texts that municipalities hide, as the CMS's REST serves them, by municipality. *Pure.* @throws ZodError, UnknownSeriesError */
export function readHiddenTexts(
  documents: readonly unknown[],
  seriesCodes: ReadonlyMap<string, string>,
): Map<string, HiddenText[]> {
  const byMunicipality = new Map<string, HiddenText[]>()
  for (const document of documents) {
    const { municipality, series, isAllEditions, edition, ...rest } = hiddenSchema.parse(document)
    const code = codeOf(seriesCodes, series)
    const text = { ...rest, series: code, edition: isAllEditions ? null : edition }
    byMunicipality.set(municipality, [...(byMunicipality.get(municipality) ?? []), text])
  }
  return byMunicipality
}

/** A series that is referred to is not among the series: one of the two lists is not whole. */
export class UnknownSeriesError extends Error {
  readonly code = 'UNKNOWN_SERIES'
}

function codeOf(seriesCodes: ReadonlyMap<string, string>, series: string): string {
  const code = seriesCodes.get(series)
  if (!code) throw new UnknownSeriesError('A series that is referred to does not exist')
  return code
}

const moveSchema = z.object({
  id,
  municipality: reference,
  kind: z.enum(['sameProvider', 'otherProvider', 'mailToLine']),
  stage: z.string(),
  from: z.string(),
  to: z.string(),
  begin: z.string(),
  until: z.string(),
})

/** Moves that are not over, as the CMS's REST serves them, by municipality. *Pure.* @throws ZodError */
export function readMoves(documents: readonly unknown[]): Map<string, OpenMove> {
  const open = documents
    .map((document) => moveSchema.parse(document))
    .filter((move): move is typeof move & Pick<OpenMove, 'stage'> => isOpenStage(move.stage))
  return new Map(open.map(({ municipality, ...move }) => [municipality, move]))
}

const seriesSchema = z.object({ id, code: z.string() })

/** Codes of series by their id. *Pure.* @throws ZodError */
export function readSeriesCodes(documents: readonly unknown[]): Map<string, string> {
  return new Map(
    documents.map((document) => {
      const series = seriesSchema.parse(document)
      return [series.id, series.code]
    }),
  )
}

const lineAccountSchema = z.object({
  id,
  provider: z.string(),
  kind: z.enum(['dedicated', 'official']),
  channelId: z.string(),
  channelSecret: z.string(),
  basicId: z.string(),
  answers: z
    .enum(['all', 'own', 'none'])
    .nullish()
    .transform((answers) => answers ?? 'all'),
  loginChannelId: optionalText,
  loginChannelSecret: optionalText,
  liffId: optionalText,
})

const loginSchema = z.object({
  channelId: z.string(),
  channelSecret: z.string().min(1),
  liffId: z.string().optional(),
})

/** A LINE account with its secrets in clear, as the worker's account gets it. *Pure.* @throws ZodError */
export function readLineAccount(document: unknown): LineAccount {
  const { loginChannelId, loginChannelSecret, liffId, ...account } =
    lineAccountSchema.parse(document)
  if (loginChannelId === null) return account
  // A check without its secret is a mistake, not an account without a check.
  const login = {
    channelId: loginChannelId,
    channelSecret: loginChannelSecret,
    ...(liffId !== null && { liffId }),
  }
  return { ...account, login: loginSchema.parse(login) }
}
