/** Where an arrow key leads in a grid of links; null when the key is not for the grid. */
export function stepFrom(grid: Element, from: Element, key: string): HTMLElement | null {
  const rows = [...grid.querySelectorAll('[role=row]')].map((row) => [
    ...row.querySelectorAll<HTMLElement>('[role=gridcell] > a'),
  ])
  const row = rows.findIndex((cells) => cells.some((cell) => cell === from))
  const at = rows[row]?.findIndex((cell) => cell === from) ?? -1
  if (at < 0) return null
  const all = rows.flat()
  const index = all.findIndex((cell) => cell === from)
  switch (key) {
    case 'ArrowRight':
      return all[index + 1] ?? null
    case 'ArrowLeft':
      return all[index - 1] ?? null
    case 'ArrowDown':
      return nearest(rows[row + 1], at)
    case 'ArrowUp':
      return nearest(rows[row - 1], at)
    case 'Home':
      return rows[row]?.[0] ?? null
    case 'End':
      return rows[row]?.at(-1) ?? null
    default:
      return null
  }
}

function nearest(cells: HTMLElement[] | undefined, at: number): HTMLElement | null {
  return cells?.[Math.min(at, cells.length - 1)] ?? null
}
