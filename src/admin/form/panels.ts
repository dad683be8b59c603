import type { CollectionConfig, Condition, Field, UIField } from 'payload'

import { hasRole, MUNICIPAL, TEAM } from '../../people/roles'
import type { Edition } from '../../plugin/options'
import { CONTENT_KINDS, type ContentKind } from '../../release/contentKind'
import { relatedId } from '../../cms/relation'
import { canComment } from '../../review/rules/rights'

/** Lets every form of ours ask again for new rows of its lists that stay grey. */
export function withWaitingRows(collection: CollectionConfig): CollectionConfig {
  const { admin } = collection
  const { components } = admin ?? {}
  const edit = {
    ...components?.edit,
    beforeDocumentControls: [
      'kizuna/client#WaitingRows',
      ...(components?.edit?.beforeDocumentControls ?? []),
    ],
  }
  return { ...collection, admin: { ...admin, components: { ...components, edit } } }
}

/** Puts the review panel and the preview beside the form of a reviewed collection. */
export function withPanels(
  collection: CollectionConfig,
  editions: readonly Edition[],
): CollectionConfig {
  const isAddOn = collection.slug === CONTENT_KINDS.addOn.collection
  const forTheTeam = (field: UIField) => (isAddOn ? field : (unlessReader(field) as UIField))
  const panels = [
    STALE_SAVE,
    ...(isAddOn
      ? [panel('proposalPanel', '協力団体からの提案', 'kizuna/client#ProposalPanel')]
      : []),
    ...(isAddOn ? [] : [READER_VIEW]),
    forTheTeam(panel('reviewPanel', '監修と公開', 'kizuna/client#ReviewPanel')),
    commentPanel(isAddOn ? 'addOn' : 'manuscript'),
    ...(isAddOn ? [] : [plainPanel(editions)]),
    forTheTeam(panel('contentPreview', '届く見え方', 'kizuna/client#ContentPreview')),
    panel('voicesPanel', '読者の声', 'kizuna/client#VoicesPanel'),
    isAddOn
      ? panel('sharePanel', 'お手本', 'kizuna/client#SharePanel')
      : panel('hiddenPanel', '出さない自治体', 'kizuna/client#HiddenPanel'),
  ].map(unlessTrashed)
  const { admin } = collection
  return {
    ...collection,
    admin: {
      ...admin,
      components: withExport(withVersionPages(admin?.components)),
      defaultColumns: admin?.defaultColumns?.map(withState) ?? [],
    },
    fields: [
      trashPanel(),
      ...panels,
      STATE_COLUMN,
      ...(isAddOn ? collection.fields : collection.fields.map(unlessReader)),
    ],
  }
}

/** Whether somebody only reads a common text: staff of a municipality, who are no team. */
const isReader: Condition = (_, __, { user }) =>
  hasRole(user, ...MUNICIPAL) && !hasRole(user, ...TEAM)

/** Who writes no common text sees it as families get it, instead of its fields. */
const READER_VIEW: UIField = {
  name: 'readerView',
  label: '家族に届く見え方',
  type: 'ui',
  admin: {
    components: { Field: 'kizuna/client#ReaderView' },
    condition: isReader,
    disableListColumn: true,
  },
}

/** The fields of the form and of its side, which readers do not need. */
function unlessReader(field: Field): Field {
  const { admin } = field as { admin?: { position?: string; condition?: Condition } }
  const isSeen = field.type === 'tabs' || admin?.position === 'sidebar'
  if (!isSeen) return field
  const condition: Condition = (...asked) =>
    !isReader(...asked) && (admin?.condition?.(...asked) ?? true)
  return { ...field, admin: { ...admin, condition } } as Field
}

/** What is in the trash is not reviewed, talked about or shown to others. */
function unlessTrashed(field: UIField): UIField {
  const { admin } = field
  const condition: Condition = (data, ...asked) =>
    !data?.deletedAt && (admin?.condition?.(data, ...asked) ?? true)
  return { ...field, admin: { ...admin, condition } }
}

type Parts = NonNullable<CollectionConfig['admin']>['components']

/**
 * Payload's own list names no one and shows numbers of 24 digits, and its page restores without saying
 * what stood there; a host's own views stay.
 */
function withVersionPages(host: Parts): Parts {
  const { views } = host ?? {}
  const own = {
    version: { Component: 'kizuna/rsc#VersionPage' },
    versions: { Component: 'kizuna/rsc#VersionsPage' },
  }
  return { ...host, views: { ...views, edit: { ...own, ...views?.edit } } } as Parts
}

/** What the list is narrowed to goes into a file from there. */
function withExport(host: Parts): Parts {
  const beforeListTable = ['kizuna/client#ListExport', ...(host?.beforeListTable ?? [])]
  return { ...host, beforeListTable }
}

/** Payload's own state says draft or live; a list of texts says how far the review is. */
function withState(column: string): string {
  return column === '_status' ? STATE_COLUMN.name : column
}

/** Stands above the form, since it is there only after a save that came too late. */
const STALE_SAVE: UIField = {
  name: 'staleSave',
  label: 'ほかの人の保存',
  type: 'ui',
  admin: { components: { Field: 'kizuna/client#StaleSave' }, disableListColumn: true },
}

const STATE_COLUMN: UIField = {
  name: 'reviewState',
  label: '監修の状態',
  type: 'ui',
  admin: { components: { Cell: 'kizuna/rsc#StateCell', Field: 'kizuna/client#HiddenField' } },
}

/** Instead of all the others, beside what is in the trash. */
function trashPanel(): UIField {
  const field = panel('trashPanel', 'ごみ箱', 'kizuna/client#TrashPanel')
  return { ...field, admin: { ...field.admin, condition: (data) => Boolean(data?.deletedAt) } }
}

function panel(name: string, label: string, Field: string): UIField {
  return {
    name,
    label,
    type: 'ui',
    admin: { position: 'sidebar', components: { Field }, disableListColumn: true },
  }
}

/** The conversations, for those who may read them: a municipality does not look into common texts. */
function commentPanel(type: ContentKind): UIField {
  const condition: Condition = ({ municipality }, _, { user }) =>
    canComment(user, { type, municipality: relatedId(municipality) })
  const field = panel('commentPanel', 'コメント', 'kizuna/client#CommentPanel')
  return { ...field, admin: { ...field.admin, condition } }
}

/** Advice on plain Japanese, for the editions that are written in it and those who write them. */
function plainPanel(editions: readonly Edition[]): UIField {
  const plain = new Set(editions.filter(({ isPlain }) => isPlain).map(({ code }) => code))
  const condition: Condition = ({ edition }, _, { user }) =>
    plain.has(edition) && hasRole(user, ...TEAM)
  const field = panel('plainPanel', 'やさしい日本語', 'kizuna/client#PlainPanel')
  return { ...field, admin: { ...field.admin, condition } }
}
