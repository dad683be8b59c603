import { getTranslation, type I18nClient } from '@payloadcms/translations'
import { NavGroup } from '@payloadcms/ui'
import type { Payload, TypedUser } from 'payload'

import { peopleIn } from '../../people/usersSlug'
import { hasRole, USERS, type Role } from '../../people/roles'
import { ADMIN_PAGES } from './adminPages'
import { menuFor, type MenuGroup } from './menuLists'

interface LinksProps {
  payload: Payload
  i18n: I18nClient
  user?: TypedUser | null
}

/** The plugin's own menu: the pages and the lists that this person works with. */
export function PageLinks({ payload, i18n, user }: LinksProps) {
  const isHeld = (roles: readonly Role[]) => hasRole(user, ...roles)
  const pages = ADMIN_PAGES.filter(({ roles }) => isHeld(roles))
  if (pages.length === 0) return null
  const { admin } = payload.config.routes
  return (
    <>
      <nav className="kizuna-links" aria-label="仕事の画面">
        {pages.map(({ key, path, label }) => (
          <MenuLink key={key} href={`${admin}${path}`} label={label} />
        ))}
      </nav>
      {menuFor(isHeld).map(({ label, lists }) => (
        <NavGroup key={label} label={label}>
          {listed(payload, lists).map(({ slug, labels }) => (
            <MenuLink
              key={slug}
              href={`${admin}/collections/${slug}`}
              label={getTranslation(labels.plural, i18n)}
            />
          ))}
        </NavGroup>
      ))}
    </>
  )
}

function MenuLink({ href, label }: { href: string; label: string }) {
  return (
    <a className="nav__link" href={href}>
      <span className="nav__link-label">{label}</span>
    </a>
  )
}

/** The collections of these lists that Payload's own menu leaves to this one. */
function listed(payload: Payload, lists: MenuGroup['lists']) {
  return lists.flatMap(({ slug }) => {
    const own = slug === USERS ? peopleIn(payload) : slug
    const found = payload.config.collections.find((collection) => collection.slug === own)
    return found && found.admin.group === false ? [found] : []
  })
}
