/** A refusal as Payload's REST answers it. */
interface Refusal {
  errors?: { message?: string; data?: { errors?: { message?: string }[] } }[]
}

/** Said when no answer comes. */
export const UNREACHABLE = '通信できませんでした。つながりを確かめて、もう一度お試しください。'

/** The sentences of a refusal, those at the fields first; null when it has none. *Pure.* */
export function sentencesOf(answer: unknown): readonly string[] | null {
  const lines = ((answer as Refusal).errors ?? []).flatMap(({ message, data }) => {
    const atFields = Array.isArray(data?.errors) ? data.errors : []
    const found = atFields.length > 0 ? atFields.map((one) => one.message) : [message]
    return found.flatMap((text) => (text ?? '').split('\n'))
  })
  const said = [...new Set(lines.filter(Boolean))]
  return said.length > 0 ? said : null
}
