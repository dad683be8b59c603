import type { ServerResponse } from 'node:http'

/** Least time between two signals to an open page. */
const SIGNAL_EVERY_MS = 300

/** Open pages that are told to look again. */
export interface Signals {
  /** Keeps a response open and signals to it after every change. */
  open(response: ServerResponse): 'streaming'
  stop(): void
}

/** Server-sent events that say "look again", not more often than {@link SIGNAL_EVERY_MS}. */
export function createSignals(listeners: Set<() => void>): Signals {
  const open = new Set<ServerResponse>()
  let timer: NodeJS.Timeout | null = null
  const onChange = () => {
    if (timer || open.size === 0) return
    timer = setTimeout(() => {
      timer = null
      for (const response of open) response.write('data: change\n\n')
    }, SIGNAL_EVERY_MS).unref()
  }
  listeners.add(onChange)
  return {
    open(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      // What arrived between the drawing of the page and now is not missed.
      response.write('retry: 2000\n\ndata: change\n\n')
      open.add(response)
      response.on('close', () => open.delete(response))
      return 'streaming'
    },
    stop() {
      if (timer) clearTimeout(timer)
      listeners.delete(onChange)
      for (const response of open) response.end()
    },
  }
}
