/** An answer with the document's hash in it. */
interface Seen {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any
}

interface Asking {
  ask: (route: string) => Promise<Seen>
  /** As those who write such a text. */
  handIn: (route: string) => Promise<unknown>
}

/** Steps that name what the person saw. */
const NAMING = /^POST (\/[\w-]+\/\w+)\/(approve|request-change|publish|schedule)$/

/**
 * Body of a request as `METHOD /path`. What approves, asks for a change or publishes names the
 * content and the submission it is for; a test that names none means those that are there, and an
 * approval of what nobody handed in yet has it handed in by its writers.
 */
export async function withSeenHash<B>(
  route: string,
  body: B,
  { ask, handIn }: Asking,
): Promise<B | (B & { contentHash: string; submission: string | null })> {
  const [, path, step] = NAMING.exec(route) ?? []
  if (path === undefined) return body
  const isNamed = typeof body === 'object' && body !== null && 'contentHash' in body
  if (step === 'approve' && !isNamed) await handIn(`POST ${path}/submit`)
  const { body: seen } = await ask(`GET ${path}/review`)
  const named = { contentHash: seen?.contentHash ?? 'none', submission: seen?.submission ?? null }
  return { ...named, ...body } as B & typeof named
}
