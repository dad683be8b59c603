import { z } from 'zod'

/**
 * A number as anybody outside the delivery database gets it: exact; about (to the next ten); `small`,
 * which is below {@link SMALL}, zero too; or `withheld`, as it could be computed from the others.
 */
export type Figure = number | { about: number } | 'small' | 'withheld'

/** Counts below this could point at a person (municipality.md). */
export const SMALL = 5

/** What numbers of people who are there at an instant are rounded to. */
export const ROUNDED_TO = 10

/** One part of a total, by its code. */
export interface Part {
  code: string
  figure: Figure
}

/** By what those who registered are told apart, as they were on that day. */
export const REGISTRATION_DIMENSIONS = ['source', 'relation', 'stage', 'channel', 'area'] as const

/** By what those who are there are told apart: only by what may change about a person. */
export const ACTIVE_DIMENSIONS = ['stage', 'channel', 'area', 'edition'] as const

/** One of the ways people are told apart. */
export type Dimension =
  (typeof REGISTRATION_DIMENSIONS)[number] | (typeof ACTIVE_DIMENSIONS)[number]

/** Stages as statistics tell them apart, in the order of life. */
export const STAGE_BANDS = ['pregnant', 'age0', 'age1to2', 'age3up', 'unknown'] as const

/** One of these stages. */
export type StageBand = (typeof STAGE_BANDS)[number]

const count = z.number().int().nonnegative()
const figure = z.union([count, z.strictObject({ about: count }), z.enum(['small', 'withheld'])])

/** What a stored figure has to be. */
export const figureShape = figure

const parts = z.array(z.strictObject({ code: z.string(), figure }))
const byDimension = <Name extends Dimension>(names: readonly Name[]) =>
  z.strictObject(
    Object.fromEntries(names.map((name) => [name, parts])) as Record<Name, typeof parts>,
  )

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
const shape = z.strictObject({
  /** `2026-10`. */
  month,
  /**
   * People who registered in the month, counted once each. Told apart they are for a month, a quarter
   * or a fiscal year together (a small town has fewer to hide among), with its last month: each person
   * in one breakdown only; else null. With a withheld total all its parts are withheld.
   */
  registered: z.strictObject({
    total: figure,
    breakdown: z
      .strictObject({
        from: month,
        to: month,
        total: figure,
        by: byDimension(REGISTRATION_DIMENSIONS),
        /**
         * How the form was used by who came by a source, to the next ten; only of sources of which the
         * registrations are told. Absent in months told before.
         */
        use: z
          .array(z.strictObject({ code: z.string(), opened: figure, started: figure }))
          .optional(),
      })
      .nullable(),
  }),
  /** People who get texts at the end of the month, to the next ten. */
  active: z.strictObject({ total: figure, by: byDimension(ACTIVE_DIMENSIONS) }),
  /**
   * People who stopped, for whatever reason: told with the last month
   * of a quarter, for the three months together; else null.
   */
  ended: z.strictObject({ from: month, to: month, total: figure }).nullable(),
  /**
   * How the form was used: page views, without anything that tells visitors apart; and to how many of
   * those who registered there something was accepted, to the next ten (months told before have none).
   */
  funnel: z.strictObject({ opened: figure, started: figure, accepted: figure.optional() }),
  /**
   * Of earlier registrations that were told together, so many days after each: how many get nothing
   * any more, to the next ten. Absent in months told before.
   */
  stays: z
    .array(
      z.strictObject({
        days: z.union([z.literal(30), z.literal(365)]),
        from: month,
        to: month,
        registered: figure,
        left: figure,
      }),
    )
    .optional(),
  /** Deliveries of the month, to the next ten; a text to one reader is one. */
  deliveries: z.strictObject({ planned: figure, accepted: figure, excluded: parts }),
})

/** What is told of one municipality's month, once: it is never told anew with other numbers. */
export type MonthFigures = z.infer<typeof shape>

/** How the form was used by who came by one source. */
export type SourceUse = NonNullable<
  NonNullable<MonthFigures['registered']['breakdown']>['use']
>[number]

/** How it went on with people who registered. */
export type Stay = NonNullable<MonthFigures['stays']>[number]

/** The figures of a month as they were stored or sent, or null when they are none. *Pure.* */
export function readMonthFigures(value: unknown): MonthFigures | null {
  const parsed = shape.safeParse(value)
  return parsed.success ? parsed.data : null
}
