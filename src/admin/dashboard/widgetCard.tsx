import type { PayloadRequest } from 'payload'
import { Suspense, type ReactNode } from 'react'

/** What Payload gives a widget. */
export interface WidgetProps {
  req: PayloadRequest
}

interface CardProps {
  title: string
  children: ReactNode
}

/** A card of the dashboard; the rest of the page does not wait for its numbers. */
export function WidgetCard({ title, children }: CardProps) {
  return (
    <section className="card kizuna-widget" aria-label={title}>
      <h2 className="kizuna-widget__title">{title}</h2>
      <Suspense fallback={<p>数えています…</p>}>{children}</Suspense>
    </section>
  )
}

/** Address of a page or list inside the admin. *Pure.* */
export function adminPath({ payload }: PayloadRequest, path: string): string {
  return `${payload.config.routes.admin}${path}`
}
