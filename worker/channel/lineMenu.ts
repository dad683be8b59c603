import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

import type { FlexAction } from '../../src/release/lineMessage'
import type { QuietPlaces } from '../../src/release/quietRow'

/** A rich menu as LINE is asked for it. https://developers.line.biz/en/reference/messaging-api/#rich-menu-object */
export interface LineMenu {
  size: { width: number; height: number }
  selected: boolean
  name: string
  chatBarText: string
  areas: LineMenuArea[]
}

/** A part of a menu that is pressed. */
export interface LineMenuArea {
  bounds: { x: number; y: number; width: number; height: number }
  action: FlexAction
}

/** What a menu's name begins with: by it ours are told from those of others. */
const OWN_NAME = 'kizuna '

/** Whether a menu of an account is one of ours. *Pure.* */
export function isOwnMenu({ name }: { name?: string }): boolean {
  return name?.startsWith(OWN_NAME) ?? false
}

/** As drawn by `npm run line-menu`. */
export const LINE_MENU_PICTURE = readFileSync(new URL('./lineMenu.png', import.meta.url))

const SIZE = { width: 2500, height: 843 }

/**
 * The quiet menu under a talk: 登録の内容, 止める・休む, 相談先. Its buttons tell us, and the answer in the
 * talk brings the reader's own links; where another service answers there, they open pages of the
 * account's only town. The name holds a hash of all there is to see: the same menu has the same
 * name. *Pure.*
 */
export function lineMenu(places: Pick<QuietPlaces, 'contactUrl' | 'changeUrl'> | null): LineMenu {
  const change = places?.changeUrl ?? null
  const width = Math.floor(SIZE.width / 3)
  const actions = [
    actionOf('登録の内容', 'change', change),
    actionOf('止める・休む', 'stop', change),
    actionOf('相談先', 'contact', change === null ? null : (places?.contactUrl ?? null)),
  ]
  const areas = actions.map((action, index) => ({
    bounds: {
      x: width * index,
      y: 0,
      width: index === 2 ? SIZE.width - 2 * width : width,
      height: SIZE.height,
    },
    action,
  }))
  const menu = { size: SIZE, selected: true, chatBarText: 'メニュー', areas }
  return { ...menu, name: `${OWN_NAME}${hashOf(menu)}` }
}

function actionOf(label: string, word: string, uri: string | null): FlexAction {
  return uri === null
    ? { type: 'postback', label, data: `kizuna:${word}`, displayText: label }
    : { type: 'uri', label, uri }
}

function hashOf(menu: Omit<LineMenu, 'name'>): string {
  const hash = createHash('sha256').update(JSON.stringify(menu)).update(LINE_MENU_PICTURE)
  return hash.digest('hex').slice(0, 16)
}
