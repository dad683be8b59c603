'use client'

/** What the CMS said no with; read out when it appears, and no empty box before. */
export function ErrorList({ errors }: { errors: readonly string[] }) {
  return (
    <div role="alert">
      {errors.length > 0 && (
        <ul className="kizuna-panel__errors">
          {errors.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
