/** The answer of Payload's REST to a write on many. */
interface ManyAnswer {
  docs: unknown[]
  errors: { message: string }[]
  message: string
}

/** How many are told by name; a toast with all of them is taller than the window. */
const NAMED = 3

/**
 * Says what became of many texts in the words of the trash, where that is what was asked for: Payload
 * speaks of an update, and names each text. All other answers stay as they are.
 */
export async function trashAnswer(
  answer: Response,
  init: RequestInit | undefined,
): Promise<Response> {
  const verb = init?.method?.toUpperCase() === 'PATCH' ? askedOfTrash(init.body) : null
  if (verb === null || answer.status !== 400) return answer
  const body: unknown = await answer
    .clone()
    .json()
    .catch(() => null)
  if (!isOfMany(body)) return answer
  return Response.json(inWordsOfTrash(body, verb), { status: answer.status })
}

/** What is asked with nothing but a moment in the trash, or none any more. *Pure.* */
function askedOfTrash(sent: unknown): string | null {
  if (typeof sent !== 'string' || !sent.startsWith('{"deletedAt":')) return null
  return sent.startsWith('{"deletedAt":null')
    ? '元に戻せませんでした'
    : 'ごみ箱に入れられませんでした'
}

function isOfMany(body: unknown): body is ManyAnswer {
  const { docs, errors } = (body ?? {}) as Partial<ManyAnswer>
  return Array.isArray(docs) && Array.isArray(errors) && errors.length > 0
}

function inWordsOfTrash({ docs, errors, ...rest }: ManyAnswer, verb: string): ManyAnswer {
  const more = errors.length - NAMED
  const all = docs.length + errors.length
  const which =
    docs.length > 0 ? `${all} 件のうち ${errors.length} 件は` : all > 1 ? `${all} 件とも` : ''
  const message = `${which && `${which}、`}${verb}。`
  const last = more > 0 ? [{ message: `ほか ${more} 件も、${verb}。` }] : []
  return { ...rest, docs, message, errors: [...errors.slice(0, NAMED), ...last] }
}
