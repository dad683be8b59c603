const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** The text as it may stand in HTML, in attributes too. *Pure.* */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? '')
}

/** Text that is HTML already; everything else is escaped by {@link html}. */
export class Html {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text
  }
}

/** What may stand in a template; `false`, `null` and `undefined` print nothing. */
export type HtmlValue = Html | string | number | false | null | undefined | HtmlValue[]

/** Template tag that escapes every value but {@link Html}. *Pure.* */
export function html(parts: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return new Html(parts.map((part, index) => part + print(values[index])).join(''))
}

function print(value: HtmlValue): string {
  if (value === false || value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(print).join('')
  return value instanceof Html ? value.text : escapeHtml(String(value))
}
