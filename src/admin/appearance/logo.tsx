/** The product's name on the log-in page. */
export function Logo() {
  return (
    <div className="kizuna-logo">
      <span className="kizuna-logo__name">kizuna</span>
      <span className="kizuna-logo__words">その子の、その日に、届く文章</span>
    </div>
  )
}

/** The product's sign in the admin's corner. */
export function Icon() {
  return (
    <span className="kizuna-icon" aria-hidden="true">
      絆
    </span>
  )
}
