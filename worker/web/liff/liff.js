// Inside LINE: brings the id token that LINE gives this page, which our server has LINE check. Outside
// of LINE, or when anything goes wrong, the page stays as it is and says how to register in the talk.
const form = document.querySelector('#liff')
const asking = document.querySelector('#asking')

/** Then nothing is waited for any more. */
const PATIENCE_MS = 15_000

async function bringToken({ liff }) {
  await liff.init({ liffId: form.dataset.liff })
  const idToken = liff.getIDToken()
  if (!idToken) throw new Error('not inside LINE')
  form.elements.idToken.value = idToken
  form.submit()
}

const late = new Promise((_, reject) => {
  setTimeout(() => reject(new Error('no answer')), PATIENCE_MS)
})

if (globalThis.liff) {
  asking.hidden = false
  Promise.race([bringToken(globalThis), late]).catch(() => {
    asking.hidden = true
  })
}
