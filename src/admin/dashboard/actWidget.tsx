import { mainActOf } from './mainAct'
import { adminPath, type WidgetProps } from './widgetCard'

/** The one thing that the person who looks does most. */
export function ActWidget({ req }: WidgetProps) {
  const act = req.user && mainActOf(req.user)
  if (!act) return null
  return (
    <p className="kizuna-act">
      <a className="kizuna-button" href={adminPath(req, act.path)}>
        {act.label}
      </a>
    </p>
  )
}
