// Looks again when the sandbox says that something arrived, and changes only what differs.
const events = new EventSource('/inbox/events')

events.onmessage = async () => {
  const response = await fetch(location.href)
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
  for (const part of document.querySelectorAll('[data-live]')) {
    const next = fresh.getElementById(part.id)
    if (!next || next.innerHTML === part.dataset.seen) continue
    const isAtEnd = part.scrollHeight - part.scrollTop - part.clientHeight < 80
    part.dataset.seen = next.innerHTML
    part.innerHTML = next.innerHTML
    if (part.id === 'talk' && isAtEnd) part.scrollTop = part.scrollHeight
  }
}

for (const part of document.querySelectorAll('[data-live]')) part.dataset.seen = part.innerHTML

const talk = document.getElementById('talk')
if (talk) talk.scrollTop = talk.scrollHeight
