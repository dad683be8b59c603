import { html, type HtmlValue } from '../../src/release/escape'

import type { WebContext } from './webContext'
import type { Words } from './words/standard'

/** A delivery of another municipality to the same contact, and the page that ends it. */
export interface FormerTown {
  name: string
  stopUrl: string
}

/** The other municipalities that go on sending to this reader's contact: they may have moved. */
export async function findFormerTowns(web: WebContext, readerId: string): Promise<FormerTown[]> {
  const reader = await web.readers.findReader(readerId)
  const identity = reader?.identities.find(({ status }) => status === 'active')
  if (!reader || !identity) return []
  const { channel, account } = identity
  const address = web.readers.openAddress(identity)
  const found = await web.readers.findByIdentity({ channel, account, address })
  const others = found.filter(
    ({ status, municipality }) => status === 'active' && municipality !== reader.municipality,
  )
  const towns = others.map(async (other) => {
    const [town, children] = await Promise.all([
      web.settings.municipality(other.municipality),
      web.readers.childrenOf(other._id),
    ])
    const isGoingOn = town?.isActive && children.length > 0
    if (!isGoingOn) return []
    const stopUrl = web.links.stopUrl({ readerId: other._id, town: town.code })
    return [{ name: town.name, stopUrl }]
  })
  return (await Promise.all(towns)).flat()
}

/** Offers to end them. *Pure.* */
export function formerTownLinks(towns: FormerTown[], { ends }: Words): HtmlValue {
  if (towns.length === 0) return null
  return html`<h2>${ends.formerTowns}</h2>
    <ul class="links">
      ${towns.map(
        ({ name, stopUrl }) =>
          html`<li>
            <a href="${new URL(stopUrl).pathname}">${ends.formerTown(name)}</a>
          </li>`,
      )}
    </ul>`
}
