import { DefaultTemplate } from '@payloadcms/next/templates'
import type { AdminViewServerProps } from 'payload'
import type { ReactNode } from 'react'

import { hasRole, type Role } from '../../people/roles'
import { refusalFor } from './refusal'

interface FrameProps {
  /** What Payload gives the page. */
  view: AdminViewServerProps
  title: string
  /** What the page is for, in a sentence. */
  description: string
  roles: readonly Role[]
  children: ReactNode
}

/** A page of ours with the admin's menu around it; says so to those whom it is not for. */
export function PageFrame({ view, title, description, roles, children }: FrameProps) {
  const { initPageResult, params, searchParams } = view
  const { req, permissions, visibleEntities, locale } = initPageResult
  const isMine = hasRole(req.user, ...roles)
  return (
    <DefaultTemplate
      i18n={req.i18n}
      payload={req.payload}
      permissions={permissions}
      visibleEntities={visibleEntities}
      {...(locale ? { locale } : {})}
      {...(params ? { params } : {})}
      {...(searchParams ? { searchParams } : {})}
      {...(req.user ? { user: req.user } : {})}
    >
      <div className="kizuna-page gutter--left gutter--right">
        <h1 className="kizuna-page__title">{title}</h1>
        {isMine ? (
          <>
            <p className="kizuna-page__lead">{description}</p>
            {children}
          </>
        ) : (
          <p role="alert">
            {req.user ? refusalFor(hasRole(req.user, 'admin'), roles) : 'ログインすると使えます。'}
          </p>
        )}
      </div>
    </DefaultTemplate>
  )
}
