import { escapeHtml } from '../../src/release/escape'
import type { LineMenu, LineMenuArea } from '../channel/lineMenu'

import { pressFields, uriOf } from './flexHtml'
import type { SandboxMenu } from './menuState'

/** A rich menu under a talk: its picture, and each area to press. *Pure.* */
export function menuHtml(
  { richMenuId, menu }: SandboxMenu,
  { channelId, buttonFields }: { channelId: string; buttonFields: string },
): string {
  const source = `/inbox/menu/${encodeURIComponent(channelId)}/${encodeURIComponent(richMenuId)}`
  const areas = menu.areas.map((area) => areaHtml(area, menu.size, buttonFields))
  return `<div class="menu" role="group" aria-label="${escapeHtml(menu.chatBarText)}"><img src="${source}" alt="" width="${menu.size.width}" height="${menu.size.height}">${areas.join('')}</div>`
}

function areaHtml(
  { bounds, action }: LineMenuArea,
  { width, height }: LineMenu['size'],
  buttonFields: string,
): string {
  const percent = (part: number, whole: number) => `${((part / whole) * 100).toFixed(3)}%`
  const style = `left:${percent(bounds.x, width)};top:${percent(bounds.y, height)};width:${percent(bounds.width, width)};height:${percent(bounds.height, height)}`
  const label = escapeHtml(action.label)
  const href = uriOf(action)
  if (href) {
    return `<a style="${style}" href="${escapeHtml(href)}" target="_blank" rel="noreferrer" aria-label="${label}"></a>`
  }
  const fields = pressFields(action, buttonFields) ?? ''
  return `<form method="post" action="/inbox/press" style="${style}">${fields}<button type="submit" aria-label="${label}"></button></form>`
}
