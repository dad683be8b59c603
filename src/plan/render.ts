import { createComposer, type Composition } from '../release/compose'
import { ComposeError } from '../release/composeError'
import { asDrill, drillMessages } from '../release/drill'
import { fitIntoLine } from '../release/line'
import { renderMail, type RenderedMail } from '../release/mail'
import { payloadHash } from '../release/payload'
import type { LineMessage } from '../release/lineMessage'
import { ownEdition, ownWords } from '../release/ownWords'
import type { QuietPlaces } from '../release/quietRow'
import type { MunicipalitySettings } from './settings'
import type { PlannedDelivery } from './reader'
import { voiceUrlOf } from './voiced'

/** A rendered text and the approved contents it was composed of. */
export type PayloadBody = {
  contentHashes: string[]
  /** Keys of the releases, to find a withdrawal. */
  releaseKeys: string[]
} & ({ channel: 'line'; messages: LineMessage[] } | { channel: 'mail'; mail: RenderedMail })

/** What a channel sends, once for all who get the same; stored by its hash. */
export type Payload = PayloadBody & { hash: string }

/**
 * A payload that was made now or before (`leftOut`: add-ons that did not fit into LINE's messages),
 * or why the contents cannot be put together.
 */
export type RenderOutcome =
  | { isRendered: true; hash: string; isNew: boolean; leftOut: number; payload: Payload | null }
  | { isRendered: false; code: string }

interface RendererOptions {
  settings: MunicipalitySettings
  /** Where the last row of every LINE delivery leads. */
  places: QuietPlaces
}

/**
 * Composes and renders each combination of contents once and remembers only its hash: at most one
 * rendered text is held at a time. *Pure* but for that memory.
 */
export function createRenderer({ settings, places }: RendererOptions) {
  const known = new Map<string, RenderOutcome>()
  const hashes = new Set<string>()
  const compose = createComposer(settings)

  return (delivery: PlannedDelivery): RenderOutcome => {
    const key = combination(delivery)
    const remembered = known.get(key)
    if (remembered) return remembered
    const outcome = render(delivery, { compose, places, settings })
    if (!outcome.isRendered) {
      known.set(key, outcome)
      return outcome
    }
    const isNew = !hashes.has(outcome.hash)
    hashes.add(outcome.hash)
    known.set(key, { ...outcome, isNew: false, payload: null })
    return { ...outcome, isNew }
  }
}

/** The contents and choices that a rendered text depends on. */
function combination(delivery: PlannedDelivery): string {
  const { channel, texts, addOns, isPlural, isWelcome, isDiscreet, edition } = delivery
  const choices = `${isPlural ? 'p' : ''}${isWelcome ? 'w' : ''}${isDiscreet ? 'd' : ''}:${ownEdition(edition)}`
  return `${channel}${choices}|${releaseIds(texts)}|${releaseIds(addOns)}`
}

const idsOfList = new WeakMap<PlannedDelivery['texts' | 'addOns'], string>()

/** Ids of the releases of a list; most lists are shared by many deliveries. */
function releaseIds(list: PlannedDelivery['texts' | 'addOns']): string {
  const known = idsOfList.get(list)
  if (known !== undefined) return known
  const ids = list.map(({ release }) => release.id).join()
  idsOfList.set(list, ids)
  return ids
}

/** Whether mails say that their readers may come to LINE. *Pure.* */
function isLineOffered({ move }: Pick<MunicipalitySettings, 'move'>): boolean {
  return move?.kind === 'mailToLine' && move.stage === 'running'
}

interface Rendering extends Pick<RendererOptions, 'places' | 'settings'> {
  compose: ReturnType<typeof createComposer>
}

function render(
  delivery: PlannedDelivery,
  { compose, places, settings }: Rendering,
): RenderOutcome {
  try {
    const voiceUrl = voiceUrlOf(delivery, places)
    const said = {
      ...compose(saidIn(delivery)),
      ...(voiceUrl && { voiceUrl }),
      ...(isLineOffered(settings) && { isLineOffered: true as const }),
    }
    const composition = isDrill(delivery) ? asDrill(said) : said
    const contents = [...delivery.texts, ...delivery.addOns].map(({ release }) => release)
    const approved = {
      contentHashes: contents.map(({ contentHash }) => contentHash),
      releaseKeys: contents.map(({ key }) => key),
    }
    const { leftOut, ...rendered } = renderFor(delivery, composition, places)
    const payload: Payload = { ...approved, ...rendered }
    return { isRendered: true, hash: rendered.hash, isNew: true, leftOut, payload }
  } catch (error) {
    if (error instanceof ComposeError) return { isRendered: false, code: error.code }
    throw error
  }
}

function saidIn(delivery: PlannedDelivery) {
  const { texts, addOns, isPlural, isWelcome, isDiscreet, edition } = delivery
  return {
    manuscripts: texts.map(({ content }) => content),
    addOns: addOns.map(({ content, release }) => ({ content, variables: release.variables })),
    isPlural,
    isDiscreet,
    edition,
    ...(isWelcome ? { welcome: ownWords(edition).welcome } : {}),
  }
}

function isDrill({ addOns }: PlannedDelivery): boolean {
  return addOns.some(({ content }) => content.alert?.isTraining === true)
}

function renderFor(delivery: PlannedDelivery, composition: Composition, places: QuietPlaces) {
  const { channel } = delivery
  if (channel === 'line') {
    const { messages: own, leftOut } = fitIntoLine(composition, { places })
    const messages = isDrill(delivery) ? drillMessages(own) : own
    return { channel, hash: payloadHash(messages), messages, leftOut: leftOut.length }
  }
  const mail = drillMail(delivery, composition)
  return { channel, hash: payloadHash(mail), mail, leftOut: 0 }
}

function drillMail(delivery: PlannedDelivery, composition: Composition): RenderedMail {
  const mail = renderMail(composition)
  return isDrill(delivery) ? { ...mail, fromName: composition.senderName } : mail
}
