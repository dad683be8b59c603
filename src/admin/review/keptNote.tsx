/** Said where words could not be sent: they are not lost. */
export function KeptNote() {
  return (
    <p className="kizuna-panel__hint" role="status">
      送れませんでした。書いたものは、この画面に残っています。つながったら、もう一度押してください。
    </p>
  )
}
