import { asRead } from './asRead'
import { actionOf, formOf } from './openWeb'

/** A page as a browser shows it. */
export interface Shown {
  status: number
  /** Path and query of the address bar. */
  url: string
  page: string
  /** Whether the address is a GET's: Reload asks nothing. */
  isReloadable: boolean
}

/** What tells one browser from another. */
export interface BrowserKind {
  cookies?: boolean
  name?: string
  /** Origin of another site, before which it stops: the address bar shows where it would go. */
  stopsAt?: string
}

/** A browser with a cookie jar of its own. */
export function openBrowser(origin: string, kind: BrowserKind = {}) {
  const { cookies = true, name = 'Phone', stopsAt } = kind
  const jar = new Map<string, string>()
  const ask = async (path: string, form: Record<string, string> | null): Promise<Shown> => {
    const cookie = [...jar].map(([key, value]) => `${key}=${value}`).join('; ')
    const answer = await fetch(new URL(path, origin), {
      redirect: 'manual',
      headers: { 'user-agent': name, ...(cookie && { cookie }) },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const set of cookies ? answer.headers.getSetCookie() : []) keep(jar, set)
    const location = answer.headers.get('location')
    if (location && stopsAt && location.startsWith(stopsAt)) {
      return { status: answer.status, url: location, page: '', isReloadable: true }
    }
    if (location) return ask(location, null)
    return {
      status: answer.status,
      url: path,
      page: asRead(await answer.text()),
      isReloadable: !form,
    }
  }
  return {
    open: (path: string) => ask(path, null),
    /** The answer to a form as it comes, such as a file to save. */
    save: (path: string) => {
      const cookie = [...jar].map(([key, value]) => `${key}=${value}`).join('; ')
      return fetch(new URL(path, origin), { method: 'POST', headers: { cookie } })
    },
    /** Presses the button of a page with what was typed into it. */
    press: ({ page, url }: Shown, typed: Record<string, string> = {}) =>
      ask(actionOf(page) ?? url, { go: 'next', ...formOf(page), ...typed }),
  }
}

function keep(jar: Map<string, string>, set: string): void {
  const [pair = '', ...attributes] = set.split(';')
  const [key = '', value = ''] = pair.split('=')
  if (attributes.some((one) => one.includes('Expires=Thu, 01 Jan 1970'))) jar.delete(key)
  else jar.set(key, value)
}
