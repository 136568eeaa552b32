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
    location = marked('answer');
    return new Promise(() => {});
  },

  // Submit a form to the page, as a navigation. The verdict is what the victim
  // answers.
  submit() {
    const form = document.createElement('form');
    form.method = 'POST';
    form.action = marked('answer');
    document.body.append(form);
    form.submit();
    return new Promise(() => {});
  },

  // Submit a form whose body, as text, is JSON: the field's name, =, and its value
  // stand in one string. The verdict is what the victim answers.
  submitText() {
    const form = document.createElement('form');
    form.method = 'POST';
    form.enctype = 'text/plain';
    form.action = marked('answer');
    const field = document.createElement('input');
    field.name = '{"name": "note", "rest": "';
    field.value = '"}';
    form.append(field);
    document.body.append(form);
    form.submit();
    return new Promise(() => {});
  },

  // Have the site's own server ask the victim for a page with a form, take over the
  // cookie that came with it, and submit that form. A cookie of a longer path comes
  // before the user's own. The verdict is what the victim answers.
  async plant() {
    const path = new URL(trial.target).pathname;
    const {cookie, page} = await (await fetch('/ask' + path)).json();
    document.cookie = cookie + '; Secure; Domain=app.example; Path=' + (cookie.startsWith('__Host-') ? '/' : path);
    const form = document.createElement('form');
    form.method = 'POST';
    form.action = marked('answer');
    form.innerHTML = page;
    document.body.append(form);
    form.submit();
    return new Promise(() => {});
  },

  // Have the name of this page point to the victim, and send a form there: for the
  // browser both are of one origin.
  async rebind() {
    await fetch('/rebind');
    const target = new URL(trial.target);
    const answer = await fetch(target.pathname + target.search, {method: 'POST'});
    if (!answer.ok) throw new Error('the answer is ' + answer.status);
    return answer.text();
  },

  // The same, and open a WebSocket there.
  async rebindSocket() {
    await fetch('/rebind');
    return opened('ws://' + location.host + new URL(trial.target).pathname);
  },

  // Submit a form with the field that the victim wants. The verdict is what the
  // victim answers.
  submitField() {
    const form = document.createElement('form');
    form.method = 'POST';
    form.action = marked('answer');
    const field = document.createElement('input');
    field.name = 'Name';
    field.value = 'note';
    form.append(field);
    document.body.append(form);
    form.submit();
    return new Promise(() => {});
  },

  // Send JSON as a text that names JSON in a parameter. The page cannot read the
  // answer; the verdict is what the victim answers.
  sendTyped() {
    fetch(marked('answer'), {
      method: 'POST', mode: 'no-cors', credentials: 'include',
      headers: {'Content-Type': 'text/plain; application/json'}, body: '{"name": "note"}',
    });
    return new Promise(() => {});
  },

  // Put the page into a frame. One that shows has a frame of its own.
  frame() {
    const frame = document.createElement('iframe');
    frame.src = trial.target;
    return new Promise((resolve, reject) => {
      frame.onload = () => frame.contentWindow.length ? resolve('a page') : reject(new Error('the frame is empty'));
      document.body.append(frame);
    });
  },

  // Open a window of the page, and keep a handle to it.
  handle() {
    const page = open(trial.target);
    return new Promise((resolve, reject) => {
      const look = () => {
        if (page.closed) reject(new Error('the handle leads nowhere'));
        else if (page.length) resolve('a page');
        else setTimeout(look, 10);
      };
      look();
    });
  },

  // Load the answer as a script, and read what it defines.
  include() {
    const script = document.createElement('script');
    script.src = trial.target;
    return new Promise((resolve, reject) => {
      script.onload = () => window.account ? resolve(window.account) : reject(new Error('the script defines nothing'));
      script.onerror = () => reject(new Error('the script was not loaded'));
      document.body.append(script);
    });
  },

  // Load the answer as a script that calls a function of this page.
  call() {
    const script = document.createElement('script');
    const address = new URL(trial.target);
    address.searchParams.set('callback', 'receive');
    script.src = String(address);
    return new Promise((resolve, reject) => {
      window.receive = resolve;
      script.onload = () => reject(new Error('the script calls nothing'));
      script.onerror = () => reject(new Error('the script was not loaded'));
      document.body.append(script);
    });
  },

  // Frame the page, and hear what it tells until it is done.
  listen() {
    return framed(() => {});
  },

  // Frame the page, tell it to tell its title, and hear what it tells.
  command() {
    return framed(frame => frame.contentWindow.postMessage('parent.postMessage(document.title, "*")', '*'));
  },

  // Go to the page, which tells the verdict.
  go() {
    location = marked('trial');
    return new Promise(() => {});
  },

  // Open a window of the site. The verdict is told by a click in it.
  visit() {
    window.open(trial.target + trial.verdict);
    return new Promise(() => {});
  },

  // Open a WebSocket and read the first message.
  socket() {
    return opened(trial.target.replace(/^http/, 'ws'));
  },
};

// marked is the target with the number of the trial: as the answer where what the
// victim answers is the verdict, as the trial where its page tells it.
const marked = as => {
  const address = new URL(trial.target);
  address.searchParams.set(as, trial.verdict.replace('/verdict/', ''));
  return String(address);
};

// opened opens a WebSocket and reads the first message.
function opened(address) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address);
    socket.onmessage = message => { resolve(message.data); socket.close(); };
    socket.onclose = () => reject(new Error('the socket was closed before a message came'));
  });
}

// framed shows the page in a frame, and takes the messages that come from it. The
// page says done when it has told what it tells.
function framed(loaded) {
  const frame = document.createElement('iframe');
  frame.src = trial.target;
  return new Promise((resolve, reject) => {
    onmessage = event => event.data === 'done' ? reject(new Error('no message came')) : resolve(event.data);
    frame.onload = () => loaded(frame);
    document.body.append(frame);
  });
}

// The verdict goes to the page's own host. From a sandboxed frame that is another
// origin, so it is sent without wanting to read the answer.
const report = verdict => fetch(trial.verdict, {method: 'POST', mode: 'no-cors', body: JSON.stringify(verdict)});

attacks[trial.does]().then(got => report({got}), error => report({refused: String(error)}));
