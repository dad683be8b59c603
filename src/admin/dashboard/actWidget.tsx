import { mainActsOf } from './mainAct'
import { adminPath, type WidgetProps } from './widgetCard'

/** What the person who looks does most. */
export function ActWidget({ req }: WidgetProps) {
  const acts = req.user ? mainActsOf(req.user) : []
  if (acts.length === 0) return null
  return (
    <p className="kizuna-act kizuna-actions">
      {acts.map(({ label, path }) => (
        <a key={path} className="kizuna-button" href={adminPath(req, path)}>
          {label}
        </a>
      ))}
    </p>
  )
}
