import type { Payload, TypedUser } from 'payload'

import { hasRole } from '../../people/roles'
import { ADMIN_PAGES } from './adminPages'

interface LinksProps {
  payload: Payload
  user?: TypedUser | null
}

/** The plugin's own pages in the menu, for those who work with them. */
export function PageLinks({ payload, user }: LinksProps) {
  const pages = ADMIN_PAGES.filter(({ roles }) => user && hasRole(user, ...roles))
  if (pages.length === 0) return null
  const { admin } = payload.config.routes
  return (
    <nav className="kizuna-links" aria-label="仕事の画面">
      {pages.map(({ key, path, label }) => (
        <a key={key} className="nav__link" href={`${admin}${path}`}>
          <span className="nav__link-label">{label}</span>
        </a>
      ))}
    </nav>
  )
}
