import { openBrowser } from '../browser'
import { openWeb } from '../openWeb'

/** The web side with what the tests of a family need. */
export async function openFamilyWeb() {
  const web = await openWeb()
  const pathOf = (url: string) => {
    const { pathname, search } = new URL(url)
    return pathname + search
  }
  /** A reader's own page, in a browser of their own. */
  const enter = async (readerId: string) => {
    const phone = openBrowser(web.url)
    const own = await phone.press(await phone.open(pathOf(web.links.askedPageUrl(readerId))))
    return { phone, base: own.url }
  }
  /** Registers by mail through the pages, from a family's link. */
  const registerBy = async (link: string, mail: string, relation = 'father') => {
    const phone = openBrowser(web.url)
    const seen = [await phone.open(pathOf(link))]
    const next = async (typed: Record<string, string>) => {
      seen.push(await phone.press(seen.at(-1)!, typed))
    }
    await next({ channel: 'mail', mail })
    await next({ relation })
    await next({})
    await next({ consent: 'yes' })
    const { text } = web.sent.mails.at(-1)!
    const asked = await phone.open(pathOf(/https:\S+/.exec(text)![0]))
    const done = await phone.press(asked)
    const [reader] = await web.readers.findByIdentity({
      channel: 'mail',
      account: 'mail',
      address: mail,
    })
    return { seen: seen.map(({ page }) => bodyOf(page)), done: bodyOf(done.page), reader }
  }
  return { ...web, pathOf, enterAs: enter, registerBy }
}

/** The words of a page. */
export function bodyOf(page: string): string {
  return /<body[^>]*>(.*)<\/body>/s
    .exec(page)![1]!
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
