/** Something of Payload's own that has no name for who cannot see it, or says the wrong thing. */
interface Part {
  /** CSS selector; it leaves out what is mended already, so that mending ends. */
  find: string
  mend: (part: Element) => void
}

const name = (label: string) => (part: Element) => part.setAttribute('aria-label', label)

/** The words beside a control: of its field, or of its row in a list. */
function wordsNear(control: Element, around: string, words: string): string {
  const place = control.closest(around)
  return place?.querySelector(words)?.textContent?.replace('*', '').trim() ?? ''
}

const NAMELESS = ':not([aria-label]:not([aria-label=""]))'

/** Each of them is a finding of axe (serious or critical) in Payload 3.90; see `test/e2e/screens.ts`. */
const PARTS: readonly Part[] = [
  { find: `.clickable-arrow--left${NAMELESS}`, mend: name('前のページ') },
  { find: `.clickable-arrow--right${NAMELESS}`, mend: name('次のページ') },
  { find: `.doc-controls__popup .popup-button${NAMELESS}`, mend: name('その他の操作') },
  { find: `.clipboard-action__popup .popup-button${NAMELESS}`, mend: name('写す・貼り付ける') },
  { find: `.array-actions__button${NAMELESS}`, mend: name('この行の操作') },
  { find: `.collapsible__drag${NAMELESS}`, mend: name('並べかえる') },
  { find: `.copy-to-clipboard${NAMELESS}`, mend: name('写す') },
  { find: `#select-all${NAMELESS}`, mend: name('このページをすべて選ぶ') },
  {
    find: `.select-row input${NAMELESS}, .cell-_select input${NAMELESS}`,
    mend: (box) => name(`選ぶ: ${wordsNear(box, 'tr', 'td a') || 'この行'}`)(box),
  },
  {
    find: `.react-select input[id^="react-select"]${NAMELESS}`,
    mend: (input) => name(wordsNear(input, '.field-type', '.field-label, label') || '選ぶ')(input),
  },
  {
    // For the mouse only: the field beside it opens by the arrow keys.
    find: '.dropdown-indicator[aria-hidden]:not([tabindex="-1"])',
    mend: (button) => button.setAttribute('tabindex', '-1'),
  },
  {
    find: '.clear-indicator[aria-hidden]',
    mend: (button) => {
      button.removeAttribute('aria-hidden')
      name('選んだものを消す')(button)
    },
  },
  {
    // It can be dragged and has a button in it: a button itself it cannot be.
    find: '.rs__multi-value[role="button"]',
    mend: (value) => value.setAttribute('role', 'group'),
  },
  {
    // Its links stand in no items.
    find: 'ul.doc-tabs__tabs:not([role])',
    mend: (list) => list.setAttribute('role', 'presentation'),
  },
  {
    // It says less than what is seen, the number of versions.
    find: 'a.doc-tab[aria-label]',
    mend: (tab) => tab.removeAttribute('aria-label'),
  },
]

/** Names what Payload left without a name under a part of the page. */
export function nameParts(root: ParentNode): void {
  for (const { find, mend } of PARTS) root.querySelectorAll(find).forEach(mend)
}
