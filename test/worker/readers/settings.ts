import type { MunicipalitySettings } from '../../../src/plan/settings'
import * as town from '../../src/plan/town'

/** Settings of the invented town before it takes any series. */
export function settings(changed: Partial<MunicipalitySettings> = {}): MunicipalitySettings {
  return town.settings({
    series: [],
    areas: [],
    consentVersions: ['1', 'v1'],
    windows: { line: { from: '10:00', to: '20:00' }, mail: { from: '09:00', to: '20:00' } },
    ...changed,
  })
}
