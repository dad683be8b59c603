'use client'

/** What the CMS said no with; read out when it appears, and no empty box before. */
export function ErrorList({ sentences }: { sentences: readonly string[] }) {
  return (
    <div role="alert">
      {sentences.length > 0 && (
        <ul className="kizuna-panel__errors">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
