import { readCode } from './invisible'

/** What stands behind the name of an area, and is left out when people write it. */
const KIND_OF_AREA = /(?:地区|地域|区域|圏域|エリア|校区|学区|町内)$/

/**
 * The area somebody means: its name in any width, or without 地区 and the like where only one is
 * called so; what is none stays as it is written. *Pure.*
 */
export function areaMeant(written: string, areas: readonly string[]): string {
  const text = readCode(written)
  const exact = areas.find((name) => readCode(name) === text)
  if (exact !== undefined) return exact
  const bare = text.replace(KIND_OF_AREA, '')
  const like = areas.filter((name) => readCode(name).replace(KIND_OF_AREA, '') === bare)
  const isShort =
    bare === text ||
    areas.every((name) => readCode(name).replace(KIND_OF_AREA, '') === readCode(name))
  return like.length === 1 && isShort && like[0] !== undefined && bare !== '' ? like[0] : written
}

/** What is said of areas that a municipality does not have; null when it has them all. *Pure.* */
export function unknownAreas(chosen: readonly string[], areas: readonly string[]): string | null {
  const unknown = chosen.filter((name) => !areas.includes(name))
  if (unknown.length === 0) return null
  const hint =
    areas.length > 0 ? `使える地区: ${areas.join('、')}。` : 'この自治体には地区がまだありません。'
  return `地区「${unknown.join('」「')}」は自治体の設定にありません。${hint}自治体の設定の「地区」に加えるか、ここから消してください。`
}
