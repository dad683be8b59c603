import type { MunicipalitySettings } from '../../src/plan/settings'
import { html, type HtmlValue } from '../../src/release/escape'
import type { LocalDay } from '../../src/stage/day'

import { languageLinks } from './languageSwitch'
import { notice, type Page } from './page'
import { townContact } from './townContact'
import type { Words } from './words/standard'

interface PausedView {
  today: LocalDay
  words: Words
}

/** Until when a town said that its deliveries pause, or that no day is known that is still to come. *Pure.* */
export function pausedUntil(
  { pausedUntil: day }: Pick<MunicipalitySettings, 'pausedUntil'>,
  { today, words }: PausedView,
): string {
  return day !== undefined && day >= today ? words.pause.until(words.day(day)) : words.pause.unknown
}

/** What somebody sees who would register in a town whose deliveries pause: that, and whom to call. *Pure.* */
export function pausedTownPage(
  town: MunicipalitySettings,
  { today, words, isRegistered = false }: PausedView & { isRegistered?: boolean },
): Page {
  const { title, register, done, registered, ask } = words.pause
  const heading = title(town.name)
  const body = html`${languageLinks(words, (code) => `?lang=${code}`)}
    ${notice(heading, pausedUntil(town, { today, words }), isRegistered ? done : register)}
    <p>${ask}</p>
    ${townContact(town, words)}
    <p>${isRegistered ? words.pause.kept : registered}</p>
    <ul class="links">
      <li><a href="/me">${words.ends.ownPage}</a></li>
    </ul>`
  return { title: heading, body, municipality: town, hasContact: true, words }
}

/** The same beside what a reader has registered. *Pure.* */
export function pausedNotice(
  town: MunicipalitySettings | null,
  { today, words }: PausedView,
): HtmlValue {
  if (town?.isActive !== false) return null
  const until = pausedUntil(town, { today, words })
  return html`<p class="said">${words.pause.sentence(town.name)}${until}${words.pause.kept}</p>`
}
