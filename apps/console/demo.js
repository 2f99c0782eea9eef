const find = (selector) => document.querySelector(selector);
const [state, form, field, leave, none, list] = ['#state', '#enter', '#key', '#leave', '#none', '#messages'].map(find);
const template = find('#message').content;

const mostShown = 500;
const shown = new Set();
let connection = new AbortController();

/** The desk has said no to the key: trying again would not help. */
class Refused extends Error {}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void follow(field.value.trim());
});
leave.addEventListener('click', () => disconnect('Not connected.'));

const remembered = sessionStorage.getItem('key');
if (remembered) void follow(remembered);

/** Shows what there is, then every message as it comes, until the key is forgotten or no longer valid. */
async function follow(key) {
  connection.abort();
  connection = new AbortController();
  const { signal } = connection;
  say('Connecting…');
  while (!signal.aborted) {
    try {
      await listen(key, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Refused) return disconnect(error.message, true);
      say('The desk does not answer. Trying again…', true);
    }
    await pause(1000);
  }
}

function disconnect(why, isFault = false) {
  connection.abort();
  sessionStorage.removeItem('key');
  shown.clear();
  list.replaceChildren();
  none.hidden = leave.hidden = true;
  form.hidden = false;
  say(why, isFault);
  field.focus();
  field.select();
}

function connected(key) {
  sessionStorage.setItem('key', key);
  field.value = '';
  form.hidden = true;
  leave.hidden = false;
}

/**
 * Reads the messages whenever the event stream says that something has happened, and every 5 s in any case, for not every message
 * is told of by an event. Returns when the stream has ended.
 */
async function listen(key, signal) {
  // By fetch, since EventSource cannot send a key; and before the first reading, so that nothing falls between the two.
  const reader = (await ask('/v1/events', key, signal)).body.getReader();
  let ended = false;
  let wake = () => undefined;
  const drain = async () => {
    while (!(await reader.read()).done) wake();
  };
  const over = () => {
    ended = true;
    wake();
  };
  void drain().then(over, over);
  try {
    while (!ended) {
      const woken = new Promise((resolve) => (wake = resolve));
      await refresh(key, signal);
      connected(key);
      await Promise.race([woken, pause(5000)]);
      await pause(100);
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

async function refresh(key, signal) {
  const { items } = await (await ask('/v1/demo/messages?limit=200', key, signal)).json();
  if (signal.aborted) return;
  for (const message of items.reverse()) show(message);
  while (list.childElementCount > mostShown) list.lastElementChild.remove();
  none.hidden = shown.size > 0;
  const count = shown.size === 1 ? '1 message' : `${shown.size || 'No'} messages`;
  say(`Connected. ${count}.`);
}

async function ask(path, key, signal) {
  // A header cannot carry every character; a key that has others is none of the desk's.
  const answer = /^[\x21-\x7e]+$/.test(key)
    ? await fetch(path, { headers: { authorization: `Bearer ${key}` }, signal })
    : { status: 401 };
  if (answer.status === 401) throw new Refused('The desk does not know this key.');
  if (answer.status === 403) throw new Refused('This key may not see the messages. Use the coordinator’s.');
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

function show({ id, channel, to, at, subject, text, links }) {
  if (shown.has(id)) return;
  shown.add(id);
  const article = template.cloneNode(true);
  const fill = (selector, content) => (article.querySelector(selector).textContent = content);
  fill('.channel', channel === 'email' ? 'E-mail to' : 'Phone of');
  // A demo phone's address ends in its name.
  fill('.to', channel === 'email' ? to : to.replace(/^.*\//, ''));
  article.querySelector('time').dateTime = at;
  fill('time', timeOf(new Date(at)));
  fill('h2', subject);
  fill('pre', text);
  article.querySelector('.links').append(...links.map(linkTo));
  list.prepend(article);
}

function linkTo(url) {
  const link = document.createElement('a');
  link.href = url;
  link.target = '_blank';
  link.rel = 'noreferrer';
  link.className = 'button';
  link.textContent = new URL(url).pathname.includes('/pages/') ? 'Open the page link' : 'Open the link';
  return link;
}

/** With its day when that is not today: a desk's time can be moved. */
function timeOf(at) {
  const isToday = at.toDateString() === new Date().toDateString();
  return isToday ? at.toLocaleTimeString() : at.toLocaleString();
}

/** Says how it stands; the same thing only once, for it is read out aloud. */
function say(text, isFault = false) {
  if (state.textContent !== text) state.textContent = text;
  state.classList.toggle('fault', isFault);
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
