import { CHANNELS } from './choices'
import type { ChannelName, SendWindow } from '../plan/settings'

/** A municipality as a form holds it, perhaps half filled in. */
export interface OfMunicipality {
  channels?: unknown
  windows?: Partial<Record<ChannelName, SendWindow | null>> | null
}

/** The sending hours of the channels a municipality uses, each with its channel's name. *Pure.* */
export function usedWindows({
  channels,
  windows,
}: OfMunicipality): { channel: string; label: string; window: SendWindow }[] {
  const used: readonly unknown[] = Array.isArray(channels) ? channels : [] // what it says itself refuses anything else
  return CHANNELS.flatMap(({ value: channel, label }) => {
    const window = windows?.[channel as ChannelName]
    return used.includes(channel) && window?.from && window.to ? [{ channel, label, window }] : []
  })
}
