import type { Choice } from '../release/choices'

/** When somebody hears of the texts (municipality.md); a closed list, so that years can be compared. */
export const OCCASIONS = [
  { value: 'handbook', label: '母子手帳交付' },
  { value: 'obstetrics', label: '産科' },
  { value: 'pediatrics', label: '小児科' },
  { value: 'checkup', label: '乳幼児健診' },
  { value: 'plaza', label: 'ひろば' },
  { value: 'nursery', label: '保育園' },
  { value: 'newsletter', label: '広報紙' },
  { value: 'website', label: '市のサイト' },
  { value: 'moving-in', label: '転入窓口' },
  { value: 'acquaintance', label: '知人' },
  { value: 'other', label: 'その他' },
] as const satisfies readonly Choice[]

/** What a source is called unless somebody types another name: 小児科(さくら医院). *Pure.* */
export function sourceName(occasion: unknown, place: unknown): string {
  const label = OCCASIONS.find(({ value }) => value === occasion)?.label ?? ''
  const where = typeof place === 'string' ? place.trim() : ''
  if (!where) return label
  return occasion === 'other' ? where : `${label}(${where})`
}
