import { Router } from 'express'

import { failureOf } from '../concurrency/failure'
import { isFromThisMachine } from './loopback'
import { sendNotFound, type WebContext } from './webContext'

/**
 * /healthz: the process answers. /readyz: it can work. /metrics: Prometheus' text, for this machine
 * only.
 */
export function healthRoutes({ isReady, metrics, log }: WebContext): Router {
  const router = Router()
  router.get('/healthz', (_, response) => {
    response.json({ status: 'ok' })
  })
  router.get('/readyz', async (_, response) => {
    const ready = await isReady().catch((error: unknown) => {
      log.warn(failureOf(error), 'not ready')
      return false
    })
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'notReady' })
  })
  router.get('/metrics', async (request, response) => {
    if (!isFromThisMachine(request)) return sendNotFound(response)
    response.type(metrics.contentType).send(await metrics.metrics())
  })
  return router
}
