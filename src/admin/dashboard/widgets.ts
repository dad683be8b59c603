import type { Config, PayloadRequest, Widget, WidgetInstance } from 'payload'

import { hasRole, MUNICIPAL, ROLES, TEAM, type Role } from '../../people/roles'

interface OwnWidget extends Widget {
  /** Who finds it on the dashboard unless they have arranged their own. */
  roles: readonly Role[]
  width: 'medium' | 'full'
}

const WIDGETS: readonly OwnWidget[] = [
  {
    slug: 'kizuna-work',
    label: 'あなたを待っているもの',
    Component: 'kizuna/rsc#InboxWidget',
    roles: ['editor', 'reviewer', 'chief', ...MUNICIPAL],
    width: 'full',
  },
  {
    slug: 'kizuna-act',
    label: 'よくする仕事',
    Component: 'kizuna/rsc#ActWidget',
    roles: ROLES.map(({ value }) => value),
    width: 'full',
  },
  {
    slug: 'kizuna-proposals',
    label: '協力団体の提案',
    Component: 'kizuna/rsc#ProposalWidget',
    roles: ['contributor', 'municipal-editor'],
    width: 'medium',
  },
  {
    slug: 'kizuna-states',
    label: '原稿の状態',
    Component: 'kizuna/rsc#StatesWidget',
    roles: [...TEAM, ...MUNICIPAL],
    width: 'medium',
  },
  {
    slug: 'kizuna-due',
    label: '見直し期限',
    Component: 'kizuna/rsc#DueWidget',
    roles: [...TEAM, ...MUNICIPAL],
    width: 'medium',
  },
  {
    slug: 'kizuna-rate',
    label: '登録率',
    Component: 'kizuna/rsc#RateWidget',
    roles: MUNICIPAL,
    width: 'medium',
  },
  {
    slug: 'kizuna-deliveries',
    label: '配信した数',
    Component: 'kizuna/rsc#DeliveriesWidget',
    roles: ['chief', 'admin', ...MUNICIPAL],
    width: 'medium',
  },
]

/**
 * The dashboard: what waits, what each role does most, the numbers it answers for. Payload's card of
 * all collections is there for who adds it. Beside a host its own layout stays, and who has a role of
 * kizuna adds these. *Pure.*
 */
export function withWidgets(config: Config, isWhole: boolean): Config {
  const host = config.admin?.dashboard
  const own: Widget[] = WIDGETS.map(({ slug, label, Component }) => ({
    slug,
    label,
    Component,
    minWidth: 'small',
    maxWidth: 'full',
  }))
  const dashboard = {
    ...(isWhole && { defaultLayout: layoutFor }),
    ...host,
    widgets: [...own, ...(host?.widgets ?? [])],
  }
  return { ...config, admin: { ...config.admin, dashboard } }
}

function layoutFor({ req }: { req: PayloadRequest }): WidgetInstance[] {
  const own = WIDGETS.filter(({ roles }) => hasRole(req.user, ...roles))
  return own.map(({ slug, width }) => ({ widgetSlug: slug, width })) as WidgetInstance[]
}
