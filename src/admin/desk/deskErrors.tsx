/** What the CMS said against a step, where screen readers hear it. */
export function DeskErrors({ sentences }: { sentences: readonly string[] }) {
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
