/** One HTTP request to the API. */
export interface ApiRequest {
  method: string
  url: URL
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/** An answer, or the way a connection ends without one. */
export type ApiAnswer = GivenAnswer | 'cut' | 'hang'

/** An answer that reaches whoever asked. */
export interface GivenAnswer {
  status: number
  headers?: Record<string, string>
  body?: unknown
  /** Given only after so many milliseconds; absent is at once. */
  afterMs?: number
}

/** An answer that is only the vendor's sentence. *Pure.* */
export function answer(status: number, message: string): GivenAnswer {
  return { status, body: { message } }
}

/** The answer to a path that is not one of the API. *Pure.* */
export function notFound(): ApiAnswer {
  return answer(404, 'Not found')
}
