import type { CollectionConfig, UIField } from 'payload'

/** Puts the review panel and the preview beside the form of a reviewed collection. */
export function withPanels(collection: CollectionConfig): CollectionConfig {
  const isAddOn = collection.slug === 'add-ons'
  const panels = [
    ...(isAddOn
      ? [panel('proposalPanel', '協力団体からの提案', 'kizuna/client#ProposalPanel')]
      : []),
    panel('reviewPanel', '監修と公開', 'kizuna/client#ReviewPanel'),
    panel('contentPreview', '届く見え方', 'kizuna/client#ContentPreview'),
    isAddOn
      ? panel('sharePanel', 'お手本', 'kizuna/client#SharePanel')
      : panel('hiddenPanel', '出さない自治体', 'kizuna/client#HiddenPanel'),
  ]
  return { ...collection, fields: [...panels, ...collection.fields] }
}

function panel(name: string, label: string, Field: string): UIField {
  return {
    name,
    label,
    type: 'ui',
    admin: { position: 'sidebar', components: { Field }, disableListColumn: true },
  }
}
