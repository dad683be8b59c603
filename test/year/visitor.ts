// A reader's telephone: a browser with one cookie jar, which follows the links of talks and mails.

/** A page as a browser shows it. */
export interface Page {
  status: number
  path: string
  text: string
}

/** Opens the browser of one person, who has an address of their own. */
export function openVisitor(origin: string, number: number) {
  const jar = new Map<string, string>()
  const from = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`
  const ask = async (path: string, form: Record<string, string> | null): Promise<Page> => {
    const cookie = [...jar].map(([key, value]) => `${key}=${value}`).join('; ')
    const answer = await fetch(new URL(path, origin), {
      redirect: 'manual',
      headers: { 'x-forwarded-for': from, ...(cookie && { cookie }) },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ''] = set.split(';')
      const [key = '', value = ''] = pair.split('=')
      jar.set(key, value)
    }
    const to = answer.headers.get('location')
    if (to) {
      await answer.body?.cancel()
      return ask(to, null)
    }
    return { status: answer.status, path, text: (await answer.text()).replaceAll('\u2060', '') }
  }
  return {
    open: (path: string) => ask(path, null),
    post: (path: string, form: Record<string, string> = {}) => ask(path, form),
    /** Presses the main button of a page's first form with what was typed. */
    press: (page: Page, typed: Record<string, string> = {}) =>
      ask(actionOf(page) ?? page.path, { go: 'next', ...fieldsOf(page.text), ...typed }),
  }
}

/** Somebody's browser. */
export type Visitor = ReturnType<typeof openVisitor>

/** Links of a page that match, each once. *Pure.* */
export function linksOf({ text }: Page, match: RegExp): string[] {
  const all = [...text.matchAll(/(?:href|action)="([^"]+)"/g)].map(([, href = '']) =>
    href.replaceAll('&amp;', '&'),
  )
  return [...new Set(all.filter((href) => match.test(href)))]
}

function actionOf({ text }: Page): string | null {
  return /<form\b[^>]*\baction="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? null
}

/** What a page's forms carry. *Pure.* */
export function fieldsOf(text: string): Record<string, string> {
  const of = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
  const inputs = [...text.matchAll(/<input\b[^>]*>/g)].map(([tag]) => tag)
  return Object.fromEntries(
    inputs
      .filter((tag) => !/type="(radio|checkbox)"/.test(tag) || /\bchecked\b/.test(tag))
      .map((tag) => [of(tag, 'name'), of(tag, 'value').replaceAll('&amp;', '&')]),
  )
}
