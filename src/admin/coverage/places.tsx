interface PlacesProps {
  label: string
  /** With how many holes there are. */
  places: readonly { code: string; name: string; href: string; holes: number }[]
  /** Code. */
  current: string
}

/** The series, or the editions, of the map: one of them is shown, and each says what it lacks. */
export function Places({ label, places, current }: PlacesProps) {
  return (
    <nav className="kizuna-switch" aria-label={label}>
      {places.map(({ code, name, href, holes }) => (
        <a key={code} href={href} aria-current={code === current ? 'page' : undefined}>
          {name}
          {holes > 0 && ` 穴 ${holes} 件`}
        </a>
      ))}
    </nav>
  )
}
