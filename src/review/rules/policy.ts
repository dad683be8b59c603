import { createHash } from 'node:crypto'

import type { ContentKind } from '../../release/contentKind'

import { z } from 'zod'

const code = z
  .string()
  .regex(
    /^[a-z][a-zA-Z0-9-]*$/,
    'must begin with a lower-case letter and go on with letters, digits and hyphens',
  )
const label = z.string().min(1)

const need = z.strictObject({
  /** Code of a discipline. */
  discipline: code,
  /** How many different people of it must approve. */
  quorum: z.int().min(1).max(9).default(1),
})

const policyShape = z.strictObject({
  /** Fields of expertise a reviewer can have. */
  disciplines: z.array(z.strictObject({ code, label })).default(() => [...DEFAULT_DISCIPLINES]),
  /** Topic tags of manuscripts and add-ons, and whose approval each of them needs. */
  topics: z
    .array(
      z.strictObject({
        code,
        label,
        needs: z.array(need).default([]),
        /** Whether a municipality may keep texts of this topic from its readers. */
        canBeHidden: z.boolean().default(true),
      }),
    )
    .default(() => DEFAULT_TOPICS.map((topic) => ({ canBeHidden: true, ...topic }))),
  /** How many editors-in-chief must approve. */
  chiefs: z.int().min(1).max(9).default(1),
  /** How many approvers of the municipality must approve an add-on before anyone else. */
  municipalApprovers: z.int().min(1).max(9).default(1),
  /** Months until a release must be reviewed again. */
  reviewMonths: z.int().min(1).max(120).default(12),
  /** What happens to a release whose review is overdue. */
  whenOverdue: z.enum(['warn', 'stop']).default('warn'),
})

/** Who must approve what before it may be published, as written in the plugin's options. */
export type ReviewPolicyInput = z.input<typeof policyShape>

/** A checked {@link ReviewPolicyInput} with every default filled in. */
export type ReviewPolicy = z.output<typeof policyShape>

/** How many different people of one discipline must approve. */
export interface Need {
  discipline: string
  quorum: number
}

/** Discipline under which an editor-in-chief approves. */
export const CHIEF = 'chief'

/** Discipline under which a municipality's approver approves an add-on. */
export const MUNICIPALITY = 'municipality'

/** Disciplines of the supervising team unless the options say otherwise. */
export const DEFAULT_DISCIPLINES: readonly { code: string; label: string }[] = [
  { code: 'medical', label: '医師' },
  { code: 'midwifery', label: '助産' },
  { code: 'nutrition', label: '栄養' },
  { code: 'dental', label: '歯科' },
  { code: 'psychology', label: '心理' },
  { code: 'childcare', label: '保育' },
]

interface DefaultTopic {
  code: string
  label: string
  needs: Need[]
  canBeHidden?: boolean
}

/**
 * Topic tags unless the options say otherwise; 栄養 and 歯科 need two people, and what prevents
 * accidents reaches every family.
 */
export const DEFAULT_TOPICS: readonly DefaultTopic[] = [
  { code: 'pregnancy', label: '妊娠・出産', needs: [{ discipline: 'midwifery', quorum: 1 }] },
  { code: 'health', label: '健康・病気', needs: [{ discipline: 'medical', quorum: 1 }] },
  { code: 'vaccination', label: '予防接種', needs: [{ discipline: 'medical', quorum: 1 }] },
  { code: 'nutrition', label: '栄養・食事', needs: [{ discipline: 'nutrition', quorum: 2 }] },
  { code: 'dental', label: '歯と口', needs: [{ discipline: 'dental', quorum: 2 }] },
  { code: 'mind', label: 'こころ', needs: [{ discipline: 'psychology', quorum: 1 }] },
  { code: 'growth', label: '発達・あそび', needs: [{ discipline: 'childcare', quorum: 1 }] },
  {
    code: 'safety',
    label: '事故予防',
    canBeHidden: false,
    needs: [{ discipline: 'medical', quorum: 1 }],
  },
  { code: 'daily', label: 'くらし', needs: [] },
  { code: 'school', label: '就学', needs: [] },
  { code: 'book', label: '絵本', needs: [] },
  { code: 'local', label: '地域・手続き', needs: [] },
]

/** The policy is wrong; the message has a line for every mistake, with its place. */
export class PolicyError extends Error {
  readonly code = 'BAD_POLICY'
}

/**
 * Checks a policy and fills in its defaults. *Pure.*
 *
 * @throws PolicyError when a value is wrong, a code repeats or a topic names an unknown discipline.
 */
export function parsePolicy(input: ReviewPolicyInput = {}): ReviewPolicy {
  const parsed = policyShape.safeParse(input)
  const mistakes = parsed.success
    ? inconsistencies(parsed.data)
    : parsed.error.issues.map((issue) => `policy.${issue.path.join('.')}: ${issue.message}`)
  if (!parsed.success || mistakes.length > 0) {
    throw new PolicyError(mistakes.join('\n'))
  }
  return parsed.data
}

/** Whose approval a document with these topics needs, one entry a discipline. *Pure.* */
export function needsOf(
  policy: ReviewPolicy,
  document: { type: ContentKind; topics: readonly string[] },
): Need[] {
  const quorums = new Map<string, number>()
  if (document.type === 'addOn') quorums.set(MUNICIPALITY, policy.municipalApprovers)
  for (const topic of policy.topics) {
    if (!document.topics.includes(topic.code)) continue
    for (const { discipline, quorum } of topic.needs) {
      quorums.set(discipline, Math.max(quorum, quorums.get(discipline) ?? 0))
    }
  }
  quorums.set(CHIEF, policy.chiefs)
  return [...quorums].map(([discipline, quorum]) => ({ discipline, quorum }))
}

/** Hash (hex) of the part of a policy that decided one document's review. *Pure.* */
export function policyHash(needs: readonly Need[]): string {
  const sorted = needs.map(({ discipline, quorum }) => `${discipline}:${quorum}`).sort()
  return createHash('sha256').update(sorted.join('\n')).digest('hex')
}

/** Japanese name of a discipline, for sentences. *Pure.* */
export function disciplineLabel(policy: ReviewPolicy, discipline: string): string {
  if (discipline === CHIEF) return '監修責任者'
  if (discipline === MUNICIPALITY) return '自治体の承認者'
  return policy.disciplines.find((known) => known.code === discipline)?.label ?? discipline
}

function inconsistencies(policy: ReviewPolicy): string[] {
  const known = new Set(policy.disciplines.map((discipline) => discipline.code))
  const unknown = policy.topics.flatMap((topic) =>
    topic.needs
      .filter(({ discipline }) => !known.has(discipline))
      .map(
        ({ discipline }) =>
          `policy.topics: "${topic.code}" needs "${discipline}", which is none of the disciplines`,
      ),
  )
  return [
    ...repeats(policy.disciplines).map(
      (twice) => `policy.disciplines: the code "${twice}" is there twice`,
    ),
    ...repeats(policy.topics).map((twice) => `policy.topics: the code "${twice}" is there twice`),
    ...[CHIEF, MUNICIPALITY]
      .filter((reserved) => known.has(reserved))
      .map(
        (reserved) =>
          `policy.disciplines: "${reserved}" has a meaning of its own; choose another code`,
      ),
    ...unknown,
  ]
}

function repeats(entries: readonly { code: string }[]): string[] {
  const codes = entries.map((entry) => entry.code)
  return [...new Set(codes.filter((entry, index) => codes.indexOf(entry) !== index))]
}
