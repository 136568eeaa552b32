// What a page may try. Each function returns what it got hold of, or throws.

const attacks = {
  // Read an answer, sending what the browser has for that site.
  async read() {
    return (await fetch(trial.target, {credentials: 'include'})).text();
  },

  // Read an answer as anybody, without credentials.
  async readAnonymously() {
    return (await fetch(trial.target, {credentials: 'omit'})).text();
  },

  // Read an answer by way of another site, which makes the origin null.
  async readRedirected() {
    return (await fetch('https://hop.example/redirect/' + trial.target, {credentials: 'include'})).text();
  },

  // Change something by a request that needs a preflight.
  async put() {
    const request = {method: 'PUT', credentials: 'include', headers: {'X-Requested-With': 'trial'}};
    return (await fetch(trial.target, request)).text();
  },

  // Send the browser there. The verdict is what the victim answers.
  navigate() {
    location = marked();
    return new Promise(() => {});
  },

  // Open a window of the site. The verdict is told by a click in it.
  visit() {
    window.open(trial.target + trial.verdict);
    return new Promise(() => {});
  },

  // Open a WebSocket and read the first message.
  socket() {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(trial.target.replace(/^http/, 'ws'));
      socket.onmessage = message => { resolve(message.data); socket.close(); };
      socket.onclose = () => reject(new Error('the socket was closed before a message came'));
    });
  },
};

// marked is the target with the number of the trial, whose verdict is then what the
// victim answers.
const marked = () => {
  const address = new URL(trial.target);
  address.searchParams.set('answer', trial.verdict.replace('/verdict/', ''));
  return String(address);
};

// The verdict goes to the page's own host. From a sandboxed frame that is another
// origin, so it is sent without wanting to read the answer.
const report = verdict => fetch(trial.verdict, {method: 'POST', mode: 'no-cors', body: JSON.stringify(verdict)});

attacks[trial.does]().then(got => report({got}), error => report({refused: String(error)}));
