import type { CollectionConfig, Config, Plugin } from 'payload'
import sharp from 'sharp'

import { CONTENT_KINDS, isContentCollection } from '../release/contentKind'
import { createCollections } from '../../collections'
import { withAdmin } from '../admin/install'
import { withPanels, withWaitingRows } from '../admin/form/panels'
import { withWidgets } from '../admin/dashboard/widgets'
import { SETTINGS_KEY } from '../admin/pages/settingsOf'
import { builtInsOnInit } from './builtIns'
import { HOST_KEY, hostPartsOf } from './hostParts'
import { reviewedEndpoints, rootEndpoints } from './endpoints'
import { withDigests } from '../digest/job'
import { withLinkCheck } from '../links/job'
import { createLookAt } from '../links/lookAt'
import { joinCollections } from './joinCollections'
import { parseOptions, type KizunaOptions, type KizunaSettings } from './options'
import { resealOnInit } from './resealOnInit'
import { withSavedFilters } from './savedFilters'
import { withSecureCookies } from './secureCookies'
import { cleanStoredOnInit } from '../media/cleanStored'
import { withFullAccess } from '../people/accessQueries'
import { withRetention } from '../retention/job'
import { withQuietMutation } from '../people/forgotPassword'
import { firstAdminOnInit } from '../people/firstAdmin'
import { answerFailedLogIn } from '../people/logIn'
import { endUnprovenOnInit } from '../people/secondFactor/ending'
import { answerWithOffer } from '../people/secondFactor/refusal'
import { usersSlugOf, withUsersSlug } from '../people/usersSlug'
import { withErrorAnswers } from '../cms/conflict'
import { alignNewText } from '../plain/align'
import { withPublications } from '../review/operations/publishJob'
import { publishGate } from '../review/gate/gate'
import { statesOnInit, withStates } from '../review/queries/stateHooks'
import { withNamedRestore } from '../review/gate/restoreMutation'
import type { ReviewedCollection } from '../review/queries/load'

export { withBuiltIns } from './builtIns'
export type { Edition, KizunaOptions } from './options'

/**
 * Adds kizuna to a Payload config: collections, access, the publish gate and the Japanese admin.
 *
 * The people of kizuna are those who use the host's admin: the collection that `admin.user` names
 * (default `users`) gets the roles, whatever its slug; it keeps its own fields, hooks and sign-in.
 * Other collections with a log-in stay outside: whatever roles they hold, kizuna gives them nothing.
 *
 * @throws OptionsError when an option is wrong, with an English sentence for each mistake.
 */
export function kizuna(options: KizunaOptions): Plugin {
  const settings = parseOptions(options)
  const lookAt = createLookAt()
  return (host) => {
    const users = usersSlugOf(host)
    const parts = hostPartsOf(host, users)
    const answers = [answerWithOffer, answerFailedLogIn(settings)]
    const answering = withErrorAnswers(host, answers, parts.collections)
    const config = withFullAccess(withNamedRestore(withQuietMutation(answering)))
    const own = withSecureCookies(createCollections(settings), config.serverURL).map((collection) =>
      complete(collection, settings),
    )
    const joined: Config = {
      ...config,
      sharp: config.sharp ?? sharp,
      collections: joinCollections(withUsersSlug(own, users), config.collections ?? [], users),
      admin: { ...config.admin, user: users },
      custom: { ...config.custom, [SETTINGS_KEY]: settings, [HOST_KEY]: parts },
      endpoints: settings.isDisabled
        ? (config.endpoints ?? [])
        : [...(config.endpoints ?? []), ...rootEndpoints(settings, lookAt)],
      onInit: builtInsOnInit(
        settings.isDisabled
          ? config.onInit
          : firstAdminOnInit(
              endUnprovenOnInit(
                cleanStoredOnInit(
                  statesOnInit(resealOnInit(config.onInit, settings.ring), settings.policy),
                ),
                settings.secondFactor,
              ),
              settings,
            ),
      ),
    }
    if (settings.isDisabled) return joined
    const digesting = withDigests(withSavedFilters(joined), settings)
    const waking = withRetention(withPublications(digesting, settings), settings)
    const looking = settings.isLinkChecked
      ? withLinkCheck(waking, { now: settings.now, lookAt })
      : waking
    const isWhole = settings.admin === 'whole'
    return withAdmin(withWidgets(looking, isWhole), settings)
  }
}

function complete(collection: CollectionConfig, settings: KizunaSettings): CollectionConfig {
  const shown = settings.isDisabled ? collection : withWaitingRows(collection)
  const reviewed = isContentCollection(collection.slug) ? withReview(shown, settings) : shown
  const hosted = settings.overrides[collection.slug]?.(reviewed) ?? reviewed
  return withStates(hosted, settings.policy)
}

/** Puts the publish gate before the collection's own hooks; it stays when the rest is disabled. */
function withReview(collection: CollectionConfig, settings: KizunaSettings): CollectionConfig {
  const options = {
    collection: collection.slug as ReviewedCollection,
    policy: settings.policy,
    editions: settings.editions,
    now: settings.now,
  }
  const gate = publishGate(options)
  const { hooks } = collection
  return {
    ...(settings.isDisabled ? collection : withPanels(collection, settings.editions)),
    endpoints: settings.isDisabled
      ? []
      : [...(collection.endpoints || []), ...reviewedEndpoints(options, settings)],
    hooks: {
      ...hooks,
      beforeOperation: [...gate.beforeOperation, ...(hooks?.beforeOperation ?? [])],
      beforeValidate: [...gate.beforeValidate, ...(hooks?.beforeValidate ?? [])],
      beforeChange: [...gate.beforeChange, ...(hooks?.beforeChange ?? [])],
      afterChange: [
        ...gate.afterChange,
        ...(collection.slug === CONTENT_KINDS.manuscript.collection
          ? [alignNewText(settings)]
          : []),
        ...(hooks?.afterChange ?? []),
      ],
      beforeDelete: [...gate.beforeDelete, ...(hooks?.beforeDelete ?? [])],
    },
  }
}
