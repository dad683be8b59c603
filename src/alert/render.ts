import type { LineMessage } from '../release/lineMessage'
import { createComposer } from '../release/compose'
import { ComposeError } from '../release/composeError'
import { asDrill, drillMessages } from '../release/drill'
import { fitIntoLine } from '../release/line'
import { renderMail, type RenderedMail } from '../release/mail'
import { SAMPLE_PLACES } from '../release/quietRow'
import type { MunicipalitySettings } from '../plan/settings'
import type { AlertContent } from '../release/alert'

/** An alert as readers will see it. */
export interface ShownAlert {
  line: LineMessage[] | null
  mail: RenderedMail | null
}

/**
 * An alert as readers will see it, on the channels the municipality has.
 *
 * @returns null where it cannot be put together, or does not fit into LINE's messages whole. *Pure.*
 */
export function renderAlert(
  settings: MunicipalitySettings,
  { content, variables }: { content: AlertContent; variables: Record<string, string> },
): ShownAlert | null {
  const { isTraining } = content.alert
  try {
    const said = createComposer(settings)({
      manuscripts: [],
      addOns: [{ content, variables }],
      isPlural: false,
      ...(settings.editions[0] !== undefined && { edition: settings.editions[0] }),
    })
    const composition = isTraining ? asDrill(said) : said
    const { messages, leftOut } = fitIntoLine(composition, { places: SAMPLE_PLACES })
    if (leftOut.length > 0) return null
    const has = (channel: 'line' | 'mail') => settings.channels.includes(channel)
    return {
      line: has('line') ? (isTraining ? drillMessages(messages) : messages) : null,
      mail: has('mail') ? renderMail(composition) : null,
    }
  } catch (error) {
    if (error instanceof ComposeError) return null
    throw error
  }
}
