import { z } from 'zod'

/** What a person may say about a run that is held. */
export const RUN_ACTS = ['continue', 'drop'] as const

/** One of these. */
export type RunActName = (typeof RUN_ACTS)[number]

/** As people call them. */
export const RUN_ACT_WORDS: Readonly<Record<RunActName, string>> = {
  continue: '続ける',
  drop: '送らずに終える',
}

/** What is asked about one hold of one run, until the worker has done it. */
export const runActShape = z.object({
  /** Id of the run, and since when it is held: a later hold is another question. */
  run: z.string().max(200),
  heldAt: z.iso.datetime().max(40),
  act: z.enum(RUN_ACTS),
})

/** An act on a held run. */
export type RunAct = z.infer<typeof runActShape>

/** The acts that the CMS gives, as the worker reads them; null when they are none. *Pure.* */
export function readRunActs(value: unknown): RunAct[] | null {
  const parsed = z.object({ acts: z.array(runActShape) }).safeParse(value)
  return parsed.success ? parsed.data.acts : null
}
