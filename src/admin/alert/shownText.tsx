import type { ShownAlert } from '../../alert/render'
import { LineView } from '../preview/lineView'
import { MailView } from '../preview/mailView'

/** What readers get of an alert, by LINE and by mail. */
export function ShownText({ shown: { line, mail } }: { shown: ShownAlert }) {
  return (
    <div className="kizuna-channels">
      {line && (
        <figure>
          <figcaption>LINE</figcaption>
          <LineView messages={line} />
        </figure>
      )}
      {mail && (
        <figure>
          <figcaption>メール</figcaption>
          <MailView mail={mail} />
        </figure>
      )}
    </div>
  )
}
