import type { MovePlan } from '../../accounts/movePlan'

/** A move in words, before anything happens. */
export function PlanView({ plan }: { plan: MovePlan }) {
  const { title, why, readersDo, readersGet, steps, lastReturn, problems } = plan
  return (
    <div className="kizuna-moves__plan">
      <h3 className="kizuna-panel__title">{title}</h3>
      <p>{why}</p>
      <List title="読者がすること" items={readersDo} />
      <List title="読者に届くもの" items={readersGet} />
      <List title="進みかた" items={steps} isOrdered />
      <h4>元に戻せるところ</h4>
      <p>{lastReturn}</p>
      {problems.length > 0 && (
        <div role="alert">
          <List title="始める前に直すこと" items={problems} />
        </div>
      )}
    </div>
  )
}

interface ListProps {
  title: string
  items: readonly string[]
  isOrdered?: boolean
}

function List({ title, items, isOrdered = false }: ListProps) {
  const Tag = isOrdered ? 'ol' : 'ul'
  return (
    <>
      <h4>{title}</h4>
      <Tag>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </Tag>
    </>
  )
}
