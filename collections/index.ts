import type { CollectionConfig } from 'payload'

import type { KizunaSettings } from '../src/plugin/options'
import { createAccountMoves } from './accountMoves'
import { createAddOns } from './addOns'
import { createAlignments } from './alignments'
import { createApprovals } from './approvals'
import { createAuditLog } from './auditLog'
import { createAlerts } from './alerts'
import { createDenominators } from './denominators'
import { createFundingReports } from './fundingReports'
import { createHiddenTexts } from './hiddenTexts'
import { withTimestamps } from '../src/fields/instants'
import { createComments } from './comments'
import { createLineAccounts } from './lineAccounts'
import { createLinkChecks } from './linkChecks'
import { createManuscripts } from './manuscripts'
import { createMedia } from './media'
import { createMunicipalities } from './municipalities'
import { createMunicipalityChanges } from './municipalityChanges'
import { createReleases } from './releases'
import { createReports } from './reports'
import { createReviewRequests } from './reviewRequests'
import { createSchedules } from './schedules'
import { createSecondFactors } from './secondFactors'
import { createSeries } from './series'
import { createServiceAccounts } from './serviceAccounts'
import { createSharedAddOns } from './sharedAddOns'
import { createSources } from './sources'
import { createStatistics } from './statistics'
import { createSurveyResults } from './surveyResults'
import { createSurveys } from './surveys'
import { createTextStates } from './textStates'
import { createUsers } from './users'
import { createVoices } from './voices'

/** Everything that is stored in the CMS, in the order of the admin's menu. */
export function createCollections(settings: KizunaSettings): CollectionConfig[] {
  const collections = [
    createManuscripts(settings),
    createAddOns(settings),
    createSeries(settings),
    createMedia(settings),
    createApprovals(settings),
    createComments(),
    createReleases(settings),
    createAuditLog(),
    createMunicipalities(settings),
    createMunicipalityChanges(settings),
    createHiddenTexts(settings),
    createSharedAddOns(settings),
    createLineAccounts(settings),
    createReports(),
    createStatistics(),
    createDenominators(settings),
    createUsers(settings),
    createServiceAccounts(settings),
    createAlignments(),
    createTextStates(),
    createReviewRequests(settings),
    createLinkChecks(),
    createSchedules(),
    createSecondFactors(),
    createSources(settings),
    createVoices(settings),
    createAlerts(settings),
    createFundingReports(settings),
    createSurveys(settings),
    createSurveyResults(),
    createAccountMoves(settings),
  ]
  // The tab with the address of the API helps nobody who writes texts.
  return collections.map(withTimestamps).map(({ admin, ...rest }) => ({
    ...rest,
    admin: { hideAPIURL: true, ...admin },
  }))
}
