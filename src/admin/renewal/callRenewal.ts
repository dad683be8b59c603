const UNREACHABLE =
  '通信できませんでした。つながりを確かめて、もう一度押してください。続きから始まります。'

/** Calls one of the renewal's endpoints; a refusal is thrown with its sentence. */
export async function callRenewal<T>(api: string, path: string, body: object = {}): Promise<T> {
  const response = await fetch(`${api}/renewal${path}`, {
    ...{ method: 'POST', credentials: 'include', body: JSON.stringify(body) },
    headers: { 'Accept-Language': 'ja', 'Content-Type': 'application/json' },
  }).catch(() => null)
  if (!response) throw new Error(UNREACHABLE)
  const answer: unknown = await response.json().catch(() => ({}))
  if (response.ok) return answer as T
  throw new Error(sentenceIn(answer))
}

interface Refusal {
  errors?: { message?: string; data?: { errors?: { message?: string }[] } }[]
}

function sentenceIn(answer: unknown): string {
  const [first] = (answer as Refusal).errors ?? []
  const fields = (first?.data?.errors ?? []).flatMap(({ message }) => message ?? [])
  return fields.length > 0 ? fields.join('\n') : (first?.message ?? UNREACHABLE)
}
