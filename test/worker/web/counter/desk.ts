import { sealEntrance } from '../../../../src/secret/entrance'
import { openBrowser, type Shown } from '../browser'
import type { openWeb } from '../openWeb'

type Web = Awaited<ReturnType<typeof openWeb>>

/** Somebody of the invented town, as the CMS knows them. */
export const MACHI = 'cms-user-machi'

/** The link that the CMS gives to whoever may open a counter. */
export function entranceOf({ ring, clock }: Web, who: Who = {}) {
  const { by = MACHI, municipality = '999016', ...rest } = who
  return `/counter/enter/${sealEntrance(ring, { by, municipality, ...rest }, clock.now)}`
}

type Who = Partial<Parameters<typeof sealEntrance>[1]>

/** A counter that somebody has opened in a browser of their own. */
export async function openDesk(web: Web, who: Who = {}) {
  const browser = openBrowser(web.url)
  const home = await browser.press(await browser.open(entranceOf(web, who)))
  /** Looks somebody up and shows the page that follows. */
  const find = async (who: string): Promise<Shown> =>
    browser.press(await browser.open('/counter'), { who })
  return { browser, home, find }
}

/** What a page says, without its marks. */
export function textOf(page: string): string {
  return /<body[^>]*>(.*)<\/body>/s
    .exec(page)![1]!
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
