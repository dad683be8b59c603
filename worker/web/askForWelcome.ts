import type { WebContext } from './webContext'
import { failureOf } from './failure'

/** Asks for the welcome; a registration stands even when that cannot be done now. */
export async function welcome(web: WebContext, readerId: string): Promise<void> {
  try {
    await web.requestWelcome(readerId)
  } catch (error) {
    web.log.error({ readerId, ...failureOf(error) }, 'welcome could not be requested')
  }
}
