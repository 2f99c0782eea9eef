const state = document.querySelector('#state');
const list = document.querySelector('#messages');
const template = document.querySelector('#message');
const form = document.querySelector('#enter');
const shown = new Set();

const remembered = sessionStorage.getItem('key');
if (remembered) follow(remembered);

form.addEventListener('submit', (event) => {
  event.preventDefault();
  follow(new FormData(form).get('key').trim());
});

/** Shows what there is, then every message as it comes. */
async function follow(key) {
  state.textContent = 'Connecting…';
  if (!(await refresh(key))) return;
  sessionStorage.setItem('key', key);
  form.hidden = true;
  for (;;) {
    try {
      await listen(key);
    } catch {
      state.textContent = 'The desk does not answer; trying again…';
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await refresh(key).catch(() => undefined);
  }
}

/** Answers whether the key may see the messages. */
async function refresh(key) {
  const answer = await fetch('/v1/demo/messages?limit=100', { headers: { authorization: `Bearer ${key}` } });
  if (!answer.ok) {
    sessionStorage.removeItem('key');
    form.hidden = false;
    state.textContent =
      answer.status === 401 ? 'This key is not known.' : 'This key may not see the messages: use the coordinator’s.';
    return false;
  }
  const { items } = await answer.json();
  for (const message of items.reverse()) show(message);
  state.textContent = items.length === 0 ? 'Connected. No messages yet.' : `Connected. ${shown.size} messages.`;
  return true;
}

/** Reads the event stream by fetch, since EventSource cannot send a key. Ends when the stream does. */
async function listen(key) {
  const answer = await fetch('/v1/events?type=page.sent&type=page.delivered&type=ticket.update-posted', {
    headers: { authorization: `Bearer ${key}` },
  });
  if (!answer.ok) throw new Error(String(answer.status));
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    if (value.includes('data:')) await refresh(key);
  }
}

function show(message) {
  if (shown.has(message.id)) return;
  shown.add(message.id);
  document.querySelector('.empty')?.remove();
  const article = template.content.cloneNode(true);
  article.querySelector('.channel').textContent = message.channel === 'email' ? 'E-mail' : 'Phone';
  article.querySelector('.to').textContent = message.to;
  const time = article.querySelector('time');
  time.dateTime = message.at;
  time.textContent = new Date(message.at).toLocaleTimeString();
  article.querySelector('h2').textContent = message.subject;
  article.querySelector('pre').textContent = message.text;
  for (const url of message.links) {
    const link = document.createElement('a');
    link.href = url;
    link.textContent = 'Open the page link';
    article.querySelector('.links').append(link);
  }
  list.prepend(article);
}
