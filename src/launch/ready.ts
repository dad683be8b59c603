import { setTimeout as sleep } from 'node:timers/promises'

interface ReadyOptions {
  url: string
  /** What is waited for, in Japanese, for the error. */
  name: string
  timeoutMs: number
}

/**
 * Waits until a URL answers with a status below 400.
 *
 * @throws Error naming what did not answer when the time is up.
 */
export async function waitUntilReady({ url, name, timeoutMs }: ReadyOptions): Promise<void> {
  const giveUpAt = Date.now() + timeoutMs
  for (;;) {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => null)
    await response?.body?.cancel()
    if (response && response.status < 400) return
    if (Date.now() > giveUpAt) {
      throw new Error(`${name} が ${timeoutMs / 1000} 秒待っても応答しません(${url})。`)
    }
    await sleep(150)
  }
}
