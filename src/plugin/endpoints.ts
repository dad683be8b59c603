import type { Endpoint } from 'payload'

import { arrivalEndpoints } from '../arrivals/endpoints'
import { counterEntrance } from '../counter/entrance'
import { sheetEndpoints } from '../import/endpoints'
import { formerPictureAddress } from '../media/formerAddress'
import { lookAgainEndpoint } from '../links/endpoints'
import type { LookAt } from '../links/lookAt'
import {
  editingEndpoint,
  inboxEndpoints,
  nextEndpoint,
  unsavedEndpoint,
} from '../review/inbox/endpoints'
import { pictureFilesEndpoint } from '../media/pictureFiles'
import type { KizunaSettings } from './options'
import { denominatorEndpoint, importDenominatorsEndpoint } from '../numbers/endpoints'
import { exportEndpoint } from '../numbers/export'
import { surveyExportEndpoint } from '../questionnaire/exportResults'
import { watchEndpoints } from '../watch/endpoints'
import { plainEndpoints } from '../plain/endpoints'
import { noticeEndpoint, reachEndpoints } from '../reach/endpoints'
import { takeoutEndpoints } from '../takeout/endpoints'
import { renewalEndpoints } from '../renewal/endpoints'
import type { ReviewOptions } from '../review/operations/act'
import { commentEndpoints } from '../review/comments/endpoints'
import { reviewEndpoints } from '../review/operations/endpoints'
import { reviewRequestEndpoints } from '../review/operations/reviewRequestEndpoints'
import {
  openRequestsEndpoint,
  withdrawalRequestEndpoints,
} from '../review/operations/withdrawalEndpoints'
import type { ReviewedCollection } from '../review/queries/load'
import { textVoicesEndpoint } from '../voice/endpoints'

/** The plugin's own endpoints of one reviewed collection. */
export function reviewedEndpoints(
  options: ReviewOptions & { collection: ReviewedCollection },
  settings: KizunaSettings,
): Endpoint[] {
  return [
    ...reviewEndpoints(options),
    ...withdrawalRequestEndpoints(options),
    ...reviewRequestEndpoints(options),
    ...commentEndpoints(options),
    nextEndpoint(options),
    editingEndpoint(options),
    unsavedEndpoint({ ...settings, collection: options.collection }),
    ...reachEndpoints(options),
    textVoicesEndpoint(options),
    ...(options.collection === 'kizuna-manuscripts'
      ? plainEndpoints(settings)
      : [noticeEndpoint(options)]),
  ]
}

/** The plugin's own endpoints that belong to no collection. */
export function rootEndpoints(settings: KizunaSettings, lookAt: LookAt): Endpoint[] {
  return [
    ...arrivalEndpoints(settings),
    openRequestsEndpoint,
    formerPictureAddress,
    counterEntrance(settings),
    ...takeoutEndpoints(settings),
    ...watchEndpoints(settings),
    ...sheetEndpoints(settings),
    ...renewalEndpoints(settings),
    ...inboxEndpoints(settings),
    pictureFilesEndpoint,
    denominatorEndpoint,
    importDenominatorsEndpoint,
    exportEndpoint(settings),
    surveyExportEndpoint(settings),
    ...(settings.isLinkChecked ? [lookAgainEndpoint({ now: settings.now, lookAt })] : []),
  ]
}
