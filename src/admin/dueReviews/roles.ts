import { TEAM } from '../../../collections/access'

/** Who plans the reviews to come. */
export const DUE_ROLES = TEAM
