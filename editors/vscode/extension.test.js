// Starts the extension with stand-ins for the editor and the client library, and
// holds what it asks of them. Run by npm test.
'use strict';

const assert = require('node:assert');
const Module = require('node:module');
const test = require('node:test');

// What the extension has asked for, in the order in which it did.
let asked, settings, refuses, listeners, commands;

const vscode = {
  workspace: {
    getConfiguration: section => ({ get: name => settings[`${section}.${name}`] }),
    onDidChangeConfiguration: listener => { listeners.push(listener); return { dispose() {} }; },
  },
  commands: { registerCommand: (name, run) => { commands[name] = run; return { dispose() {} }; } },
  window: { showErrorMessage: message => asked.push(['error', message]) },
};

class LanguageClient {
  constructor(id, name, server, options) {
    Object.assign(this, { server, running: false });
    asked.push(['client', id, server.command, server.args, options.documentSelector]);
  }
  async start() {
    if (refuses) throw new Error('spawn ENOENT');
    this.running = true;
    asked.push(['start', this.server.command]);
  }
  async stop() { this.running = false; asked.push(['stop', this.server.command]); }
  isRunning() { return this.running; }
}

const load = Module._load;
Module._load = (name, ...rest) => ({ 'vscode': vscode, 'vscode-languageclient/node': { LanguageClient } })[name] ?? load(name, ...rest);

// activate starts the extension as the editor does.
async function activate(path, refused = false) {
  asked = []; listeners = []; commands = {}; refuses = refused; settings = { 'soplint.path': path };
  delete require.cache[require.resolve('./extension.js')];
  const extension = require('./extension.js');
  const context = { subscriptions: [] };
  await extension.activate(context);
  return { extension, context };
}

test('starts soplint lsp for Go files', async () => {
  const { extension, context } = await activate('/opt/soplint');
  assert.deepStrictEqual(asked, [
    ['client', 'soplint', '/opt/soplint', ['lsp'], [{ scheme: 'file', language: 'go' }]],
    ['start', '/opt/soplint'],
  ]);
  assert.strictEqual(context.subscriptions.length, 2);
  await extension.deactivate();
  assert.deepStrictEqual(asked.at(-1), ['stop', '/opt/soplint']);
});

test('restarts on command and with another path', async () => {
  await activate('soplint');
  await commands['soplint.restart']();
  assert.deepStrictEqual(asked.slice(2).map(entry => entry[0]), ['stop', 'client', 'start']);
  settings['soplint.path'] = '/other/soplint';
  await listeners[0]({ affectsConfiguration: name => name === 'soplint.path' });
  assert.deepStrictEqual(asked.at(-1), ['start', '/other/soplint']);
  const before = asked.length;
  await listeners[0]({ affectsConfiguration: () => false });
  assert.strictEqual(asked.length, before);
});

test('says what to do where there is no soplint', async () => {
  const { extension } = await activate('soplint', true);
  assert.match(asked.at(-1)[1], /cannot run soplint: spawn ENOENT. Install it, or set soplint.path/);
  await extension.deactivate(); // nothing runs
});

test('asks for what the manifest offers', async () => {
  const manifest = require('./package.json');
  await activate('soplint');
  assert.deepStrictEqual(Object.keys(commands), manifest.contributes.commands.map(command => command.command));
  assert.ok('soplint.path' in manifest.contributes.configuration.properties);
});
