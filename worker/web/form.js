// A form that is refused leads back to its own page, and a browser notes that page in its history
// once more for each refusal: Back then seems to do nothing. Where scripts run, the note is replaced;
// where they do not, or anything goes wrong, the form is sent as ever.
let isOut = false
let isByBrowser = false

addEventListener('pageshow', () => {
  isOut = false
})

addEventListener('submit', (event) => {
  const { target: form, submitter } = event
  if (isByBrowser) return
  if (isOut) return event.preventDefault()
  let body
  try {
    body = new URLSearchParams(new FormData(form, submitter))
  } catch {
    return // a browser that does not know which button was pressed
  }
  event.preventDefault()
  isOut = true
  send(form.action, body).then(
    (place) => (place ? goTo(place) : sendByBrowser(form, submitter)),
    () => sendByBrowser(form, submitter),
  )
})

/** Then the browser sends the form itself, and shows that it does. */
const PATIENCE_MS = 15_000

/** Where the answer leads to, or null when it is a page itself. */
async function send(action, body) {
  const headers = { 'X-Kizuna-Form': 'place' }
  const answer = await fetch(action, {
    method: 'POST',
    body,
    headers,
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  return answer.headers.get('X-Kizuna-Place')
}

function goTo(place) {
  const url = new URL(place, location.href)
  const isRefused = url.origin === location.origin && url.pathname === location.pathname
  if (isRefused) location.replace(url)
  else location.assign(url)
}

function sendByBrowser(form, submitter) {
  isByBrowser = true
  form.requestSubmit(submitter)
}
