import { randomBytes } from 'node:crypto'

import type { LineMenu, LineMenuArea } from '../channel/lineMenu'
import {
  LINE_MAX_CHAT_BAR_TEXT,
  LINE_MAX_MENU_AREAS,
  LINE_MAX_MENU_NAME,
  LINE_MAX_MENU_PICTURE_BYTES,
  LINE_MAX_MENUS,
  LINE_MENU_SIZE,
} from '../channel/lineApiLimits'

import { answer, notFound, type ApiAnswer, type ApiRequest } from './apiAnswer'
import { checkAction, type LineDetail } from './lineCheck'
import type { LineState, SandboxChannel } from './lineState'
import { headerOf } from './lineCall'
import { sizeOfPicture } from './pictureSize'

interface MenuApi {
  state: LineState
  channel: SandboxChannel
  request: ApiRequest
}

/**
 * Answers what the API is asked about rich menus, with LINE's limits and refusals; null when the path
 * is none of them.
 *
 * Source: https://developers.line.biz/en/reference/messaging-api/#rich-menu
 */
export function answerMenus(api: MenuApi): ApiAnswer | null {
  const { method, url } = api.request
  const path = url.pathname.slice('/v2/bot/'.length)
  switch (`${method} ${path}`) {
    case 'POST richmenu':
      return create(api)
    case 'POST richmenu/validate':
      return refusalOf(menuOf(api)) ?? done()
    case 'GET richmenu/list':
      return { status: 200, body: { richmenus: ownMenus(api) } }
    case 'GET user/all/richmenu':
      return shownId(api)
    case 'DELETE user/all/richmenu':
      return show(api, null)
  }
  const [, place, id = '', rest] =
    /^(richmenu|user\/all\/richmenu)\/([\w-]+)(\/content)?$/.exec(path) ?? []
  if (!place) return null
  return one(api, { id, asked: `${method} ${place}${rest ?? ''}` })
}

function one(api: MenuApi, { id, asked }: { id: string; asked: string }): ApiAnswer {
  const { state, channel } = api
  const found = state.menus.find(channel.channelId, id)
  if (!found) return answer(404, 'richmenu not found')
  switch (asked) {
    case 'GET richmenu':
      return { status: 200, body: { richMenuId: id, ...found.menu } }
    case 'DELETE richmenu':
      state.record({ type: 'menuGone', channelId: channel.channelId, richMenuId: id })
      return done()
    case 'POST richmenu/content':
      return found.picture
        ? answer(400, 'An image has already been uploaded to the richmenu')
        : takePicture(api, { id, menu: found.menu })
    case 'POST user/all/richmenu':
      return found.picture
        ? show(api, id)
        : answer(400, 'must upload richmenu image before applying it to user')
    default:
      return notFound()
  }
}

function create(api: MenuApi): ApiAnswer {
  const { state, channel } = api
  const asked = menuOf(api)
  const refusal = refusalOf(asked)
  if (refusal) return refusal
  const menu = asked as unknown as LineMenu
  if (state.menus.of(channel.channelId).length >= LINE_MAX_MENUS) {
    return answer(400, `richmenu count exceeds the limit ${LINE_MAX_MENUS}`)
  }
  const richMenuId = `richmenu-${randomBytes(16).toString('hex')}`
  state.record({ type: 'menu', channelId: channel.channelId, richMenuId, menu })
  return { status: 200, body: { richMenuId } }
}

function takePicture(
  { state, channel, request }: MenuApi,
  { id, menu }: { id: string; menu: LineMenu },
): ApiAnswer {
  const mime = headerOf(request, 'content-type') ?? ''
  const { body } = request
  if (!/^image\/(png|jpeg)$/.test(mime)) return answer(415, 'Unsupported media type')
  if (body.length > LINE_MAX_MENU_PICTURE_BYTES) return answer(413, 'Request entity too large')
  const size = sizeOfPicture(body)
  if (size?.width !== menu.size.width || size.height !== menu.size.height) {
    return answer(400, 'The image size is not the size of the richmenu')
  }
  const data = body.toString('base64')
  state.record({ type: 'menuPicture', channelId: channel.channelId, richMenuId: id, mime, data })
  return done()
}

function show({ state, channel }: MenuApi, richMenuId: string | null): ApiAnswer {
  state.record({ type: 'menuShown', channelId: channel.channelId, richMenuId })
  return done()
}

function shownId({ state, channel }: MenuApi): ApiAnswer {
  const shown = state.menus.shown(channel.channelId)
  if (!shown) return answer(404, 'no default richmenu')
  return { status: 200, body: { richMenuId: shown.richMenuId } }
}

function ownMenus({ state, channel }: MenuApi) {
  return state.menus.of(channel.channelId).map(({ richMenuId, menu }) => ({ richMenuId, ...menu }))
}

function done(): ApiAnswer {
  return { status: 200, body: {} }
}

type Json = Record<string, unknown>

function menuOf({ request }: MenuApi): Json | null {
  try {
    const parsed: unknown = JSON.parse(request.body.toString())
    return typeof parsed === 'object' && parsed !== null ? (parsed as Json) : null
  } catch {
    return null
  }
}

function refusalOf(menu: Json | null): ApiAnswer | null {
  if (!menu) return answer(400, 'The request body could not be parsed as JSON (line: -, column: -)')
  const details = checkMenu(menu)
  if (details.length === 0) return null
  const message = `The request body has ${details.length} error(s)`
  return { status: 400, body: { message, details } }
}

/** Everything wrong with a rich menu. *Pure.* */
export function checkMenu({ size, name, chatBarText, selected, areas }: Json): LineDetail[] {
  const measured = (size ?? {}) as LineMenu['size']
  return [
    ...checkSize(measured),
    ...checkWords(name, 'name', LINE_MAX_MENU_NAME),
    ...checkWords(chatBarText, 'chatBarText', LINE_MAX_CHAT_BAR_TEXT),
    ...(typeof selected === 'boolean'
      ? []
      : [{ property: 'selected', message: 'must be specified' }]),
    ...checkAreas(areas, measured),
  ]
}

function checkSize({ width, height }: LineMenu['size']): LineDetail[] {
  const { minWidth, maxWidth, minHeight, minRatio } = LINE_MENU_SIZE
  const isSound =
    width >= minWidth && width <= maxWidth && height >= minHeight && width / height >= minRatio
  return isSound ? [] : [{ property: 'size', message: 'invalid size' }]
}

function checkWords(value: unknown, property: string, max: number): LineDetail[] {
  if (typeof value !== 'string' || value === '') return [{ property, message: 'May not be empty' }]
  return value.length > max ? [{ property, message: `Length must be between 0 and ${max}` }] : []
}

function checkAreas(areas: unknown, size: LineMenu['size']): LineDetail[] {
  if (!Array.isArray(areas) || areas.length > LINE_MAX_MENU_AREAS) {
    return [{ property: 'areas', message: `Size must be between 0 and ${LINE_MAX_MENU_AREAS}` }]
  }
  return (areas as LineMenuArea[]).flatMap((area, index) => {
    const property = `areas[${index}]`
    const { x, y, width, height } = area.bounds
    const isInside = x >= 0 && y >= 0 && x + width <= size.width && y + height <= size.height
    return [
      ...(isInside ? [] : [{ property: `${property}.bounds`, message: 'invalid bounds' }]),
      ...checkAction({ ...area.action }, `${property}.action`),
    ]
  })
}
