/**
 * What may be logged of an error: its name, code and where it happened, never its message, which
 * may quote an address. *Pure.*
 */
export function failureOf(error: unknown): { error: string; code?: string; at?: string[] } {
  if (!(error instanceof Error)) return { error: typeof error }
  const { code } = error as { code?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    error: error.name,
    ...((typeof code === 'string' || typeof code === 'number') && { code: String(code) }),
    at: frames.slice(0, 5).map((line) => line.trim()),
  }
}
