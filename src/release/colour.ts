/**
 * The colours of messages and mail: values of デジタル庁デザインシステム's tokens, under their names.
 * https://github.com/digital-go-jp/design-tokens
 */
export const COLOUR = {
  'neutral-white': '#ffffff',
  'neutral-solid-gray-50': '#f2f2f2',
  'neutral-solid-gray-200': '#cccccc',
  'neutral-solid-gray-700': '#4d4d4d',
  'neutral-solid-gray-900': '#1a1a1a',
  'primitive-orange-900': '#ac3e00',
  'primitive-blue-50': '#e8f1fe',
  'primitive-blue-900': '#0017c1',
} as const

/**
 * Least contrast of text against its ground.
 * https://www.w3.org/TR/WCAG22/#contrast-minimum
 */
export const MIN_CONTRAST = 4.5

/** Contrast of two colours `#rrggbb`, 1 to 21, by WCAG; NaN for anything else. *Pure.* */
export function contrastRatio(one: string, other: string): number {
  const [darker = NaN, lighter = NaN] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

/** The accent if white letters can be read on it (and it on white), else the default. *Pure.* */
export function accentOrDefault(accent: string | null): string {
  if (accent === null) return COLOUR['primitive-blue-900']
  const isReadable = contrastRatio(accent, COLOUR['neutral-white']) >= MIN_CONTRAST
  return isReadable ? accent.toLowerCase() : COLOUR['primitive-blue-900']
}

function luminance(colour: string): number {
  const [, ...parts] = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour) ?? []
  const [red = NaN, green = NaN, blue = NaN] = parts.map((part) => linear(parseInt(part, 16) / 255))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
