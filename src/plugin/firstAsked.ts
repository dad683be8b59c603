import type { CollectionBeforeOperationHook, SanitizedCollectionConfig } from 'payload'

type Hooks = SanitizedCollectionConfig['hooks']

/** A collection's hooks with one that is asked before all operations; put there once. *Pure.* */
export function firstAsked(hooks: Hooks, first: CollectionBeforeOperationHook): Hooks {
  const others = hooks.beforeOperation.filter((hook) => hook !== first)
  return { ...hooks, beforeOperation: [first, ...others] }
}
