import type { RequestHandler } from 'express'
import { Histogram, type Registry } from 'prom-client'

const NAME = 'kizuna_web_request_seconds'

/** Measures each request by route pattern; addresses with their tokens are never labels. */
export function measureRequests(metrics: Registry): RequestHandler {
  const registered = metrics.getSingleMetric(NAME) as Histogram<string> | undefined
  const histogram =
    registered ??
    new Histogram({
      name: NAME,
      help: 'Time to answer a request of the web side, in seconds.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.1, 0.5, 1, 2, 5],
      registers: [metrics],
    })
  return (request, response, next) => {
    const stop = histogram.startTimer({ method: request.method })
    response.on('finish', () => {
      const route = (request.route as { path?: unknown } | undefined)?.path
      const status = String(response.statusCode)
      stop({ route: typeof route === 'string' ? route : 'none', status })
    })
    next()
  }
}
