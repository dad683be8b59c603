import {
  Forbidden,
  type CollectionBeforeChangeHook,
  type CollectionBeforeValidateHook,
  ValidationError,
} from 'payload'

import { hasRole, isOnlyProposing, MUNICIPAL, municipalityIdOf } from '../people/roles'

/** New add-ons of municipal staff and contributors belong to their own municipality. */
export const ownMunicipalityFirst: CollectionBeforeValidateHook = ({ data, operation, req }) => {
  if (operation !== 'create' || data?.municipality) return data
  if (!hasRole(req.user, ...MUNICIPAL, 'contributor')) return data
  return { ...data, municipality: municipalityIdOf(req.user) }
}

/**
 * What a contributor writes is a proposal; it becomes an add-on when a municipal editor takes it,
 * and from then on its contributor no longer changes it.
 */
export const keepProposals: CollectionBeforeChangeHook = ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  const isProposing = isOnlyProposing(req.user)
  if (operation === 'create') {
    return isProposing ? { ...data, isProposal: true, proposedBy: req.user?.id } : data
  }
  if (isProposing && originalDoc?.isProposal !== true) throw new Forbidden(req.t)
  if (data._status === 'published' && { ...originalDoc, ...data }.isProposal === true) {
    throw new ValidationError({ errors: [{ path: 'isProposal', message: STILL_PROPOSAL }] }, req.t)
  }
  return isProposing ? { ...data, declinedReason: null, declinedAt: null } : data // proposed anew
}

const STILL_PROPOSAL =
  '協力団体からの提案のままです。自治体の編集担当が「採用する」を押してから公開してください。'
