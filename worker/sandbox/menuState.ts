import type { LineMenu } from '../channel/lineMenu'

/** A rich menu of an account, as the sandbox plays it. */
export interface SandboxMenu {
  richMenuId: string
  menu: LineMenu
  /** The picture, in base64; null before it is sent. */
  picture: { type: string; data: string } | null
}

/** What happens to menus; all state follows from it. */
export type MenuEntry =
  | { type: 'menu'; channelId: string; richMenuId: string; menu: LineMenu }
  | { type: 'menuPicture'; channelId: string; richMenuId: string; mime: string; data: string }
  | { type: 'menuGone'; channelId: string; richMenuId: string }
  | { type: 'menuShown'; channelId: string; richMenuId: string | null }

/** The menus of all accounts. */
export interface MenuState {
  /** Of one account, in the order they were made. */
  of(channelId: string): SandboxMenu[]
  find(channelId: string, richMenuId: string): SandboxMenu | null
  /** The one everybody sees under the talk. */
  shown(channelId: string): SandboxMenu | null
  apply(entry: MenuEntry): void
}

/** Menus without any. */
export function createMenuState(): MenuState {
  const menus = new Map<string, Map<string, SandboxMenu>>()
  const shown = new Map<string, string>()
  const ofChannel = (channelId: string) => {
    const own = menus.get(channelId) ?? new Map<string, SandboxMenu>()
    menus.set(channelId, own)
    return own
  }
  const find = (channelId: string, id: string) => ofChannel(channelId).get(id) ?? null
  return {
    find,
    of: (channelId) => [...ofChannel(channelId).values()],
    shown: (channelId) => find(channelId, shown.get(channelId) ?? ''),
    apply(entry) {
      const { channelId, richMenuId } = entry
      const own = ofChannel(channelId)
      switch (entry.type) {
        case 'menu':
          own.set(entry.richMenuId, {
            richMenuId: entry.richMenuId,
            menu: entry.menu,
            picture: null,
          })
          break
        case 'menuPicture': {
          const menu = own.get(entry.richMenuId)
          if (menu) menu.picture = { type: entry.mime, data: entry.data }
          break
        }
        case 'menuGone':
          own.delete(entry.richMenuId)
          if (shown.get(channelId) === richMenuId) shown.delete(channelId)
          break
        case 'menuShown':
          if (richMenuId === null) shown.delete(channelId)
          else shown.set(channelId, richMenuId)
      }
    },
  }
}
