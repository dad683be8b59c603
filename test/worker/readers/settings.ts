import type { MunicipalitySettings } from '../../../src/plan/settings'

/** Settings of an invented town. */
export function settings(changed: Partial<MunicipalitySettings> = {}): MunicipalitySettings {
  return {
    code: '999016',
    name: 'みなと町',
    senderName: 'みなと町 子育て便り',
    mailFrom: 'kosodate@minato.example',
    isActive: true,
    channels: ['line', 'mail'],
    lineAccount: 'L1',
    series: [],
    editions: ['standard', 'easy'],
    areas: [],
    windows: { line: { from: '10:00', to: '20:00' }, mail: { from: '09:00', to: '20:00' } },
    contact: {
      department: '子育て支援課',
      phone: '03-0000-0000',
      hours: '平日 9:00〜17:00',
      url: 'https://minato.example/kosodate',
    },
    mailAfterCrash: 'at-most-once',
    dailyCap: 3,
    accent: null,
    ...changed,
  }
}
